import { Button, Switch } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '@/api/capture'
import type { TestResult } from '@/api/whatsapp'
import { Chip, type Tone } from '@/ui/Chip'
import { CopyField } from '@/ui/CopyField'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Buttons, Note, Section } from '@/ui/Screen'
import { TestSteps } from './TestSteps'

const TONES: Record<Connection['state'], Tone> = { off: 'plain', error: 'hot', ok: 'ok', waiting: 'plain' }

type Props = {
  connection: Connection
  disabled: boolean
  /** What else can be done with it. */
  more?: ReactNode
  onSwitch: (enabled: boolean) => void
  onTest: () => Promise<TestResult>
  onRemove: () => void
}

/** One door made here: its address, whether it works, and a way to try it. */
export function ConnectionBox({ connection, disabled, more, onSwitch, onTest, onRemove }: Props) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<TestResult>()
  const [wrong, setWrong] = useState<string>()
  async function test(): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      setResult(await onTest())
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
  }
  return (
    <Section
      title={connection.name}
      action={
        <>
          <ConnectionState connection={connection} />
          <Switch aria-label={t('channels.connections.switch', { name: connection.name })} checked={connection.enabled} disabled={disabled} onChange={(event) => onSwitch(event.currentTarget.checked)} />
        </>
      }
    >
      {connection.last_error !== '' && <Note tone="warm">{connection.last_error}</Note>}
      {connection.url !== '' && <CopyField label={t('channels.connections.url')} value={connection.url} />}
      {!disabled && (
        <Buttons>
          <Button loading={busy} onClick={() => void test()}>
            {t('channels.connections.test')}
          </Button>
          {more}
          <Button color="red" variant="subtle" onClick={onRemove}>
            {t('channels.connections.delete')}
          </Button>
        </Buttons>
      )}
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {result && <TestSteps result={result} />}
    </Section>
  )
}

/** Whether a door works, and when something last came through it. */
export function ConnectionState({ connection }: { connection: Pick<Connection, 'state' | 'last_event_at'> }) {
  const { t } = useTranslation()
  return (
    <>
      <Chip tone={TONES[connection.state]}>{t(`channels.connections.state.${connection.state}`)}</Chip>
      {connection.last_event_at !== null && (
        <span style={{ fontSize: 12.5, color: 'var(--ink2)' }}>
          <When at={connection.last_event_at} />
        </span>
      )}
    </>
  )
}
