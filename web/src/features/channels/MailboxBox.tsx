import { Button, Select, Switch } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '@/api/capture'
import type { TestResult } from '@/api/whatsapp'
import { AutoField } from '@/ui/AutoField'
import { Chip } from '@/ui/Chip'
import { CopyField } from '@/ui/CopyField'
import { useSentence } from '@/ui/Dialog'
import { Buttons, Note, Pair, Section } from '@/ui/Screen'
import { ConnectionState } from './ConnectionBox'
import { Limits, MailServer } from './MailServer'
import { SecretFields } from './SecretFields'
import { TestSteps } from './TestSteps'

const WAYS = ['none', 'imap', 'mailgun', 'postmark', 'sendgrid', 'ses', 'generic'] as const
/** What each way of receiving is checked with. */
const SECRETS = { imap: ['imap_password'], mailgun: ['signing_key'], postmark: ['password'], sendgrid: ['public_key'], generic: ['shared_secret'] } as const
const PLAIN = ['address', 'sender_name'] as const

type Way = (typeof WAYS)[number]
type Props = {
  mailbox: Connection
  disabled: boolean
  onSave: (fields: Partial<Connection>) => void
  onSecrets: (secrets: Record<string, string>) => Promise<void>
  onTest: () => Promise<TestResult>
  onRemove: () => void
}

/** One mailbox: who writes, how mail comes in and goes out, and whether it works. */
export function MailboxBox({ mailbox, disabled, onSave, onSecrets, onTest, onRemove }: Props) {
  const { t } = useTranslation()
  const settings = mailbox.settings
  const sandbox = settings.incoming === 'sandbox'
  const text = (key: string) => (typeof settings[key] === 'string' ? settings[key] : '')
  const save = (key: string) => (value: unknown) => onSave({ settings: { ...settings, [key]: value } })
  return (
    <Section
      title={mailbox.name}
      action={
        <>
          <Chip tone={sandbox ? 'warm' : 'ok'}>{t(sandbox ? 'mail.sandbox' : 'mail.live')}</Chip>
          <ConnectionState connection={mailbox} />
          <Switch aria-label={t('mail.on')} checked={mailbox.enabled} disabled={disabled} onChange={(event) => onSave({ enabled: event.currentTarget.checked })} />
        </>
      }
    >
      {mailbox.last_error !== '' && <Note tone="warm">{mailbox.last_error}</Note>}
      {sandbox && <Note>{t('mail.sandboxHint')}</Note>}
      <Pair>
        <AutoField label={t('mail.name')} value={mailbox.name} disabled={disabled} check={(name) => (name === '' ? t('settings.needName') : undefined)} onSave={(name) => onSave({ name })} />
        {PLAIN.map((key) => (
          <AutoField
            key={key}
            label={t(`mail.${key}`)}
            dir={key === 'address' ? 'ltr' : 'auto'}
            value={text(key)}
            disabled={disabled || (sandbox && key === 'address')}
            check={(value) => (value === '' && key === 'address' ? t('mail.needAddress') : undefined)}
            onSave={save(key)}
          />
        ))}
      </Pair>
      <AutoField label={t('mail.signature')} multiline value={text('signature')} disabled={disabled} onSave={save('signature')} />
      {!sandbox && <Receiving mailbox={mailbox} text={text} disabled={disabled} save={save} onSecrets={onSecrets} />}
      {!sandbox && (
        <Part title={t('mail.out')} hint={t('mail.outHint')}>
          <MailServer server={settings.smtp} usual={587} disabled={disabled} onSave={save('smtp')} />
          {!disabled && <SecretFields fields={[{ name: 'smtp_password', label: t('mail.secrets.smtp_password') }]} set={mailbox.secrets_set} onSave={onSecrets} />}
        </Part>
      )}
      <Limits settings={settings} disabled={disabled} save={save} />
      {text('filing_address') !== '' && (
        <>
          <CopyField label={t('mail.filing')} value={text('filing_address')} />
          <Note>{t('mail.filingHint')}</Note>
        </>
      )}
      <Trying sandbox={sandbox} disabled={disabled} onTest={onTest} onRemove={onRemove} />
    </Section>
  )
}

export function Part({ title, hint, children }: { title: string; hint: string; children: React.ReactNode }) {
  return (
    <div style={{ display: 'grid', gap: 10 }}>
      <h3 style={{ margin: 0, fontSize: 13, fontWeight: 620 }}>{title}</h3>
      {hint !== '' && <p style={{ margin: 0, fontSize: 13, color: 'var(--ink2)' }}>{hint}</p>}
      {children}
    </div>
  )
}

type ReceivingProps = Pick<Props, 'mailbox' | 'disabled' | 'onSecrets'> & { text: (key: string) => string; save: (key: string) => (value: unknown) => void }

function Receiving({ mailbox, text, disabled, save, onSecrets }: ReceivingProps) {
  const { t } = useTranslation()
  const way = (WAYS.find((one) => one === mailbox.settings.incoming) ?? 'none') satisfies Way
  const secrets = way === 'none' || way === 'ses' ? [] : SECRETS[way]
  const hint = way === 'imap' ? t('mail.imapHint') : way === 'none' ? '' : t('mail.hookHint')
  return (
    <Part title={t('mail.in')} hint={hint}>
      <Select
        label={t('mail.incoming')}
        allowDeselect={false}
        disabled={disabled}
        data={WAYS.map((value) => ({ value, label: t(`mail.ways.${value}`) }))}
        value={way}
        onChange={(next) => save('incoming')(next === 'none' ? '' : next)}
      />
      {way === 'imap' && <MailServer server={mailbox.settings.imap} usual={993} disabled={disabled} onSave={save('imap')} />}
      {way === 'imap' && <AutoField label={t('mail.sent_folder')} description={t('mail.sent_folderHint')} dir="ltr" value={text('sent_folder')} disabled={disabled} onSave={save('sent_folder')} />}
      {way !== 'imap' && way !== 'none' && <CopyField label={t('mail.url')} value={mailbox.url} />}
      {way === 'ses' && <AutoField label={t('mail.topic_arn')} dir="ltr" value={text('topic_arn')} disabled={disabled} onSave={save('topic_arn')} />}
      {!disabled && secrets.length > 0 && <SecretFields key={way} fields={secrets.map((name) => ({ name, label: t(`mail.secrets.${name}`) }))} set={mailbox.secrets_set} onSave={onSecrets} />}
      <AutoField label={t('mail.reply_address')} description={t('mail.reply_addressHint')} dir="ltr" value={text('reply_address')} disabled={disabled} onSave={save('reply_address')} />
    </Part>
  )
}

function Trying({ sandbox, disabled, onTest, onRemove }: Pick<Props, 'disabled' | 'onTest' | 'onRemove'> & { sandbox: boolean }) {
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
    <>
      <Buttons>
        {!disabled && (
          <Button loading={busy} onClick={() => void test()}>
            {t('mail.test')}
          </Button>
        )}
        {sandbox && (
          <Button component="a" href="/sandbox/email/" target="_blank" rel="noreferrer" rightSection={<IconExternalLink size={14} aria-hidden />}>
            {t('mail.openSandbox')}
          </Button>
        )}
        {!disabled && (
          <Button color="red" variant="subtle" onClick={onRemove}>
            {t('mail.remove')}
          </Button>
        )}
      </Buttons>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {result && <TestSteps result={result} />}
    </>
  )
}
