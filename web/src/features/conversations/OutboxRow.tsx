import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@/api/messages'
import { Chip, type Tone } from '@/ui/Chip'
import { Dialog, useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Row } from '@/ui/Rows'
import { Note } from '@/ui/Screen'

const TONES: Record<Message['state'], Tone> = { received: 'plain', queued: 'accent', sending: 'accent', uncertain: 'warm', sent: 'plain', failed: 'hot', delivered: 'ok', read: 'ok' }

/** One message: to whom, how far it is, and what to do when it is stuck. */
export function OutboxRow({ message, onRetry }: { message: Message; onRetry: ((anyway: boolean) => Promise<void>) | undefined }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const [sure, setSure] = useState(false)
  const { state } = message
  const stuck = state === 'failed' || state === 'uncertain'
  const name = <bdi>{message.lead_name || '–'}</bdi>
  async function retry(): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      await onRetry?.(false)
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
  }
  return (
    <Row
      tall
      title={
        <>
          {message.lead_id === null ? (
            name
          ) : (
            <Link to="/leads/$id" params={{ id: message.lead_id }}>
              {name}
            </Link>
          )}
          <Chip tone={TONES[state]}>{t(`channels.outbox.state.${state}`)}</Chip>
        </>
      }
      detail={
        <>
          {typeof message.details.subject === 'string' && (
            <b style={{ display: 'block' }}>
              <bdi>{message.details.subject}</bdi>
            </b>
          )}
          <span style={{ display: 'block' }}>
            <bdi>{message.body || (message.template !== '' && t('channels.outbox.template', { name: message.template }))}</bdi>
          </span>
          {t(`channels.connections.channel.${message.channel}` as 'channels.connections.channel.sms', { defaultValue: message.channel })} · {message.automatic ? message.cause || t('channels.outbox.automatic') : <bdi>{message.actor_name}</bdi>}
          {message.try_at !== null && (
            <>
              {' · '}
              {t('channels.outbox.nextTry')} <When at={message.try_at} />
            </>
          )}
        </>
      }
      end={
        <>
          <When at={message.at} />
          {onRetry && state === 'failed' && (
            <Button loading={busy} onClick={() => void retry()}>
              {t('channels.outbox.retry')}
            </Button>
          )}
          {onRetry && state === 'uncertain' && <Button onClick={() => setSure(true)}>{t('channels.outbox.retry')}</Button>}
        </>
      }
    >
      {stuck && (
        <Note tone="warm">
          {message.error_text !== '' && <>{message.error_text} </>}
          {t(`channels.outbox.todo.${state}`)}
        </Note>
      )}
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {sure && (
        <Dialog
          title={t('channels.outbox.anywayTitle')}
          submit={t('channels.outbox.anyway')}
          danger
          onClose={() => setSure(false)}
          onSubmit={async () => {
            await onRetry?.(true)
            setSure(false)
          }}
        >
          <p style={{ margin: 0 }}>{t('channels.outbox.anywaySure')}</p>
        </Dialog>
      )}
    </Row>
  )
}
