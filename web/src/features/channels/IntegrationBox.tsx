import { Button, SegmentedControl, Select, Switch } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asked, Connection, Integration } from '@/api/capture'
import type { TestResult } from '@/api/whatsapp'
import { AutoField } from '@/ui/AutoField'
import { Chip } from '@/ui/Chip'
import { CopyField } from '@/ui/CopyField'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Buttons, Note, Pair, Section } from '@/ui/Screen'
import { ConnectionState } from './ConnectionBox'
import { SecretFields } from './SecretFields'
import { TestSteps } from './TestSteps'

type Props = {
  platform: Integration
  connection: Connection
  disabled: boolean
  onSave: (fields: Partial<Connection>) => void
  onSecrets: (secrets: Record<string, string>) => Promise<void>
  onTest: () => Promise<TestResult>
  onCatchUp: () => Promise<unknown>
  onRemove: () => void
}

/** One connection of a platform, drawn from what the server says about the platform. */
export function IntegrationBox({ platform, connection, disabled, onSave, onSecrets, ...rest }: Props) {
  const { t } = useTranslation()
  const sandbox = textOf(connection.settings, 'mode') !== 'live'
  const secrets = platform.asked.filter((one) => one.secret)
  return (
    <Section
      title={connection.name}
      action={
        <>
          <Chip tone={sandbox ? 'warm' : 'ok'}>{t(sandbox ? 'channels.ads.sandboxChip' : 'channels.ads.live')}</Chip>
          <ConnectionState connection={connection} />
          <Switch aria-label={t('channels.connections.switch', { name: connection.name })} checked={connection.enabled} disabled={disabled} onChange={(event) => onSave({ enabled: event.currentTarget.checked })} />
        </>
      }
    >
      {connection.last_error !== '' && (
        <Note tone="warm">
          {connection.last_error}{' '}
          {connection.rests_until !== null && (
            <>
              {t('channels.ads.rests')}: <When at={connection.rests_until} />
            </>
          )}
        </Note>
      )}
      <Pair>
        <AutoField label={t('channels.ads.name')} value={connection.name} disabled={disabled} check={(text) => (text === '' ? t('channels.ads.needName') : undefined)} onSave={(name) => onSave({ name })} />
        {platform.asked
          .filter((one) => !one.secret)
          .map((one) => (
            <SettingField
              key={one.key}
              asked={one}
              value={textOf(connection.settings, one.key)}
              disabled={disabled}
              onSave={(value) => onSave({ settings: { ...connection.settings, [one.key]: value } })}
            />
          ))}
      </Pair>
      {!disabled && secrets.length > 0 && (
        <SecretFields fields={secrets.map(({ key, label, hint }) => ({ name: key, label, hint }))} set={connection.secrets_set} onSave={onSecrets} />
      )}
      <div style={{ display: 'grid', gap: 8 }}>
        <h3 style={{ margin: 0, fontSize: 13, fontWeight: 620 }}>{t('channels.ads.forPlatform')}</h3>
        <CopyField label={t('channels.ads.url')} value={connection.url} />
        {platform.pasted.map(({ key, label }) => {
          const value = connection.pasted[key]
          return value !== undefined && value !== '' && <CopyField key={key} label={label} value={value} />
        })}
      </div>
      <Trying platform={platform} sandbox={sandbox} disabled={disabled} {...rest} />
    </Section>
  )
}

function textOf(settings: Connection['settings'], key: string): string {
  const value: unknown = settings[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function SettingField({ asked, value, disabled, onSave }: { asked: Asked; value: string; disabled: boolean; onSave: (value: string) => void }) {
  if (asked.choices.length === 0) {
    return <AutoField label={asked.label} description={asked.hint === '' ? undefined : asked.hint} dir="ltr" multiline={asked.lines} value={value} disabled={disabled} onSave={onSave} />
  }
  const choices = asked.choices.map((choice) => ({ value: choice.value, label: choice.label }))
  const chosen = value === '' ? (choices[0]?.value ?? null) : value
  if (choices.length > 2) {
    return <Select label={asked.label} description={asked.hint === '' ? undefined : asked.hint} allowDeselect={false} data={choices} value={chosen} disabled={disabled} onChange={(next) => next !== null && onSave(next)} />
  }
  return (
    <div style={{ display: 'grid', gap: 4, alignContent: 'start' }}>
      <span style={{ fontSize: 13, fontWeight: 560 }}>{asked.label}</span>
      <SegmentedControl aria-label={asked.label} data={choices} {...(chosen !== null && { value: chosen })} disabled={disabled} onChange={onSave} />
    </div>
  )
}

function Trying({ platform, sandbox, disabled, onTest, onCatchUp, onRemove }: Pick<Props, 'platform' | 'disabled' | 'onTest' | 'onCatchUp' | 'onRemove'> & { sandbox: boolean }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState<'test' | 'catchUp'>()
  const [result, setResult] = useState<TestResult>()
  const [said, setSaid] = useState<{ tone: 'ok' | 'hot'; text: string }>()
  async function run(what: 'test' | 'catchUp'): Promise<void> {
    setBusy(what)
    setSaid(undefined)
    try {
      if (what === 'test') setResult(await onTest())
      else {
        await onCatchUp()
        setSaid({ tone: 'ok', text: t('channels.ads.catching') })
      }
    } catch (error) {
      setSaid({ tone: 'hot', text: say(error) })
    }
    setBusy(undefined)
  }
  return (
    <>
      <Buttons>
        {!disabled && (
          <Button loading={busy === 'test'} onClick={() => void run('test')}>
            {t('channels.connections.test')}
          </Button>
        )}
        {!disabled && platform.catches_up && (
          <Button loading={busy === 'catchUp'} onClick={() => void run('catchUp')}>
            {t('channels.ads.catchUp')}
          </Button>
        )}
        {sandbox && platform.sandbox !== '' && (
          <Button component="a" href={platform.sandbox} target="_blank" rel="noreferrer" rightSection={<IconExternalLink size={14} aria-hidden />}>
            {t('channels.ads.sandbox')}
          </Button>
        )}
        {!disabled && (
          <Button color="red" variant="subtle" onClick={onRemove}>
            {t('channels.connections.delete')}
          </Button>
        )}
      </Buttons>
      {said && <Note tone={said.tone}>{said.text}</Note>}
      {result && <TestSteps result={result} />}
    </>
  )
}
