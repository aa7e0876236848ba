import { Button, Switch } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Secrets, TestResult, WhatsAppNumber } from '@/api/whatsapp'
import { AutoField } from '@/ui/AutoField'
import { Chip } from '@/ui/Chip'
import { CopyField } from '@/ui/CopyField'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Buttons, Note, Pair, Section } from '@/ui/Screen'
import { SecretFields } from './SecretFields'
import { TestSteps } from './TestSteps'

type Props = {
  number: WhatsAppNumber
  onSave: (fields: Partial<WhatsAppNumber>) => void
  onSecrets: (secrets: Secrets) => Promise<void>
  onTest: () => Promise<TestResult>
  onSync: () => Promise<void>
}

const FIELDS = ['name', 'display_phone', 'phone_number_id', 'business_account_id', 'api_version'] as const
const SECRETS = ['app_secret', 'access_token'] as const
const NEEDED = new Set<string>(['name', 'phone_number_id', 'business_account_id'])

/** One number: what the provider must know, what we must know, and whether it works. */
export function NumberBox({ number, onSave, onSecrets, onTest, onSync }: Props) {
  const { t } = useTranslation()
  const sandbox = number.mode === 'sandbox'
  return (
    <Section
      title={number.name}
      action={
        <>
          <Chip tone={sandbox ? 'warm' : 'ok'}>{t(`channels.whatsapp.${number.mode}`)}</Chip>
          <Switch label={t('channels.whatsapp.on')} checked={number.enabled} onChange={(event) => onSave({ enabled: event.currentTarget.checked })} />
        </>
      }
    >
      {number.stopped !== '' && <Note tone="hot">{t('channels.whatsapp.stopped', { reason: number.stopped })}</Note>}
      {number.last_error !== '' && number.stopped === '' && <Note tone="warm">{t('channels.whatsapp.error', { error: number.last_error })}</Note>}
      <Note>
        {sandbox ? t('channels.whatsapp.sandboxHint') : t('channels.whatsapp.whereIds')} {t('channels.whatsapp.last')}: {number.last_event_at === null ? t('ui.never') : <When at={number.last_event_at} />}
      </Note>
      <Pair>
        {FIELDS.map((field) => (
          <AutoField
            key={field}
            label={t(`channels.whatsapp.${field}`)}
            dir={field === 'name' ? 'auto' : 'ltr'}
            value={number[field]}
            // The sandbox made its own ids; other ones would lead nowhere.
            disabled={sandbox && field !== 'name'}
            check={(text) => (text === '' && NEEDED.has(field) ? t('settings.needName') : undefined)}
            onSave={(text) => onSave({ [field]: text })}
          />
        ))}
      </Pair>
      {!sandbox && <SecretFields fields={SECRETS.map((name) => ({ name, label: t(`channels.whatsapp.${name}`) }))} set={number.secrets_set} onSave={onSecrets} />}
      <div style={{ display: 'grid', gap: 8 }}>
        <h3 style={{ margin: 0, fontSize: 13, fontWeight: 620 }}>{t('channels.whatsapp.webhook')}</h3>
        {!sandbox && <p style={{ margin: 0, fontSize: 13, color: 'var(--ink2)' }}>{t('channels.whatsapp.webhookHint')}</p>}
        <CopyField label={t('channels.whatsapp.url')} value={number.webhook_url} />
        <CopyField label={t('channels.whatsapp.token')} value={number.verify_token} />
      </div>
      <Trying sandbox={sandbox} onTest={onTest} onSync={onSync} />
    </Section>
  )
}

function Trying({ sandbox, onTest, onSync }: Pick<Props, 'onTest' | 'onSync'> & { sandbox: boolean }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState<'test' | 'sync'>()
  const [result, setResult] = useState<TestResult>()
  const [said, setSaid] = useState<{ tone: 'ok' | 'hot'; text: string }>()
  async function run(what: 'test' | 'sync'): Promise<void> {
    setBusy(what)
    setSaid(undefined)
    try {
      if (what === 'test') setResult(await onTest())
      else {
        await onSync()
        setSaid({ tone: 'ok', text: t('channels.whatsapp.syncing') })
      }
    } catch (error) {
      setSaid({ tone: 'hot', text: say(error) })
    }
    setBusy(undefined)
  }
  return (
    <>
      <Buttons>
        <Button loading={busy === 'test'} onClick={() => void run('test')}>
          {t('channels.whatsapp.test')}
        </Button>
        <Button loading={busy === 'sync'} onClick={() => void run('sync')}>
          {t('channels.whatsapp.sync')}
        </Button>
        {sandbox && (
          <Button component="a" href="/sandbox/whatsapp/" target="_blank" rel="noreferrer" rightSection={<IconExternalLink size={14} aria-hidden />}>
            {t('channels.whatsapp.phone')}
          </Button>
        )}
      </Buttons>
      {said && <Note tone={said.tone}>{said.text}</Note>}
      {result && <TestSteps result={result} />}
    </>
  )
}
