import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSentence } from '@/ui/Dialog'
import { Buttons, Note, Pair } from '@/ui/Screen'

type Props = {
  fields: readonly { name: string; label: string; hint?: string }[]
  /** Which of them are stored. */
  set: Readonly<Record<string, boolean>>
  onSave: (secrets: Record<string, string>) => Promise<void>
}

/** Secrets are written and never read; they go straight to the server and are kept nowhere on the device. */
export function SecretFields({ fields, set, onSave }: Props) {
  const { t } = useTranslation()
  const say = useSentence()
  const [values, setValues] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ tone: 'ok' | 'hot'; text: string }>()
  const text = (name: string) => values[name] ?? ''
  const given = fields.map(({ name }) => name).filter((name) => text(name).trim() !== '')
  async function save(): Promise<void> {
    setBusy(true)
    try {
      await onSave(Object.fromEntries(given.map((name) => [name, text(name).trim()])))
      setValues({})
      setSaid({ tone: 'ok', text: t('channels.whatsapp.secretsSaved') })
    } catch (error) {
      setSaid({ tone: 'hot', text: say(error) })
    }
    setBusy(false)
  }
  return (
    <form
      style={{ display: 'grid', gap: 12 }}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Pair>
        {fields.map(({ name, label, hint }) => (
          <PasswordInput
            key={name}
            label={label}
            description={[hint, t(set[name] === true ? 'channels.whatsapp.secretSet' : 'channels.whatsapp.secretMissing')].filter(Boolean).join(' ')}
            dir="ltr"
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('auth.show') }}
            value={text(name)}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
          />
        ))}
      </Pair>
      <Buttons>
        <Button type="submit" loading={busy} disabled={given.length === 0}>
          {t('channels.whatsapp.saveSecrets')}
        </Button>
      </Buttons>
      {said && <Note tone={said.tone}>{said.text}</Note>}
    </form>
  )
}
