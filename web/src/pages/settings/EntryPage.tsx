import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dismissSubmission, getSubmission, retrySubmission, type SubmissionDetail } from '@/api/capture'
import { useRight } from '@/api/me'
import { mayDismiss, mayRetry, readable, STATE_TONES } from '@/features/capture/states'
import { newId } from '@/lib/uuid'
import { Chip } from '@/ui/Chip'
import { CopyField } from '@/ui/CopyField'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, screenStyles, Section } from '@/ui/Screen'

/** One thing that came in: its bytes, what was made of them, and what can be done. */
export default function EntryPage({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const found = useQuery({ queryKey: ['capture', 'entry', id], queryFn: () => getSubmission(id), meta: { keep: false } })
  const entry = found.data
  const Back = i18n.dir() === 'rtl' ? IconChevronRight : IconChevronLeft
  return (
    <Screen
      wide
      back={
        <Link to="/settings/log" className={screenStyles.back}>
          <Back size={16} aria-hidden />
          {t('settings.screen.log')}
        </Link>
      }
      title={entry ? entry.connection_name || entry.channel : t('settings.screen.log')}
      status={entry && <Chip tone={STATE_TONES[entry.state]}>{t(`channels.log.state.${entry.state}`)}</Chip>}
    >
      <Loaded found={found} height={160}>
        {(one) => (
          <>
            <Note tone={one.state === 'quarantined' || one.state === 'failed' ? 'warm' : undefined}>
              {t(`channels.log.hint.${one.state}`)} {one.reason !== '' && <bdi>{one.reason}</bdi>}
            </Note>
            <Actions entry={one} />
            <Facts entry={one} />
            <Section title={t('channels.log.body')}>
              <CopyField label={one.content_type || t('channels.log.body')} value={readable(one.body, one.content_type)} />
            </Section>
            {one.fetched !== '' && (
              <Section title={t('channels.log.fetched')}>
                <CopyField label={t('channels.log.fetched')} value={readable(one.fetched, 'application/json')} />
              </Section>
            )}
            {Object.keys(one.result).length > 0 && (
              <Section title={t('channels.log.result')}>
                <CopyField label={t('channels.log.result')} value={JSON.stringify(one.result, null, 2)} />
              </Section>
            )}
            <Section title={t('channels.log.headers')}>
              <CopyField
                label={t('channels.log.headers')}
                value={Object.entries(one.headers)
                  .map(([name, value]) => `${name}: ${value}`)
                  .join('\n')}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Screen>
  )
}

function Actions({ entry }: { entry: SubmissionDetail }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const mayChange = useRight('capture:write')
  const [busy, setBusy] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  async function run(what: string, task: () => Promise<unknown>): Promise<void> {
    setBusy(what)
    setWrong(undefined)
    try {
      await task()
      await client.invalidateQueries({ queryKey: ['capture'] })
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(undefined)
  }
  const button = (what: 'retry' | 'dismiss' | 'spam', task: () => Promise<unknown>) => (
    <Button loading={busy === what} onClick={() => void run(what, task)}>
      {t(`channels.log.${what}`)}
    </Button>
  )
  return (
    <>
      <Buttons>
        {entry.lead_id !== null && (
          <Link to="/leads/$id" params={{ id: entry.lead_id }} style={{ color: 'var(--accent-ink)', fontSize: 13, fontWeight: 560 }}>
            {t('channels.log.lead')}
          </Link>
        )}
        {mayChange && mayRetry(entry.state) && button('retry', () => retrySubmission(entry.id, newId()))}
        {mayChange && mayDismiss(entry.state) && button('dismiss', () => dismissSubmission(entry.id, false, newId()))}
        {mayChange && mayDismiss(entry.state) && !entry.spam && button('spam', () => dismissSubmission(entry.id, true, newId()))}
      </Buttons>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
    </>
  )
}

function Facts({ entry }: { entry: SubmissionDetail }) {
  const { t } = useTranslation()
  const facts: [string, ReactNode][] = [
    [t('channels.log.receivedAt'), <When key="at" at={entry.received_at} />],
    [t('channels.log.from'), `${entry.connection_name || '–'} (${entry.channel})`],
    [
      t('channels.log.key'),
      <bdi key="key" dir="ltr">
        {entry.natural_key}
      </bdi>,
    ],
    [t('channels.log.size'), t('channels.log.bytes', { count: entry.size })],
    [t('channels.log.attempts'), String(entry.attempts)],
    ...(entry.next_try_at === null ? [] : [[t('channels.log.nextTry'), <When key="next" at={entry.next_try_at} />] as [string, ReactNode]]),
  ]
  return (
    <Section title={t('channels.log.facts')}>
      <dl style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '4px 16px', margin: 0, fontSize: 13 }}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt style={{ color: 'var(--ink2)' }}>{name}</dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
