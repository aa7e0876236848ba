import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AutoField } from '@/ui/AutoField'
import { Note, Pair } from '@/ui/Screen'

const SECURITIES = ['tls', 'starttls', 'none'] as const
type Server = { host?: string; port?: number; security?: string; username?: string }
type Props = { server: unknown; usual: number; disabled: boolean; onSave: (server: Server) => void }

/** A mail server to log in at; its password stands elsewhere. */
export function MailServer({ server, usual, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const known = (server ?? {}) as Server
  return (
    <Pair>
      <AutoField label={t('mail.host')} dir="ltr" value={known.host ?? ''} disabled={disabled} onSave={(host) => onSave({ ...known, host })} />
      <AutoField label={t('mail.port')} type="number" dir="ltr" value={String(known.port ?? usual)} disabled={disabled} onSave={(port) => onSave({ ...known, port: Number(port) })} />
      <AutoField label={t('mail.username')} dir="ltr" value={known.username ?? ''} disabled={disabled} onSave={(username) => onSave({ ...known, username })} />
      <Select
        label={t('mail.security')}
        allowDeselect={false}
        disabled={disabled}
        data={SECURITIES.map((value) => ({ value, label: t(`mail.securities.${value}`) }))}
        value={known.security ?? (usual === 587 ? 'starttls' : 'tls')}
        onChange={(security) => security !== null && onSave({ ...known, security })}
      />
    </Pair>
  )
}

const LIMITS = { per_hour: 100, per_day: 1000 }
type LimitsProps = { settings: Record<string, unknown>; disabled: boolean; save: (key: string) => (value: unknown) => void }

/** How many mails may leave a mailbox. */
export function Limits({ settings, disabled, save }: LimitsProps) {
  const { t } = useTranslation()
  const value = (key: keyof typeof LIMITS) => (typeof settings[key] === 'number' ? settings[key] : LIMITS[key])
  return (
    <>
      <Pair>
        {(['per_hour', 'per_day'] as const).map((key) => (
          <AutoField key={key} label={t(`mail.${key}`)} type="number" dir="ltr" value={String(value(key))} disabled={disabled} onSave={(text) => save(key)(Number(text))} />
        ))}
      </Pair>
      <Note>{t('mail.limitHint')}</Note>
    </>
  )
}
