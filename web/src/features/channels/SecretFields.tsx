import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Secrets } from '@/api/whatsapp'
import { useSentence } from '@/ui/Dialog'
import { Buttons, Note, Pair } from '@/ui/Screen'

const NAMES = ['app_secret', 'access_token'] as const
type Values = Record<(typeof NAMES)[number], string>
const NONE: Values = { app_secret: '', access_token: '' }

/** Secrets are written and never read; they go straight to the server and are kept nowhere on the device. */
export function SecretFields({ set, onSave }: { set: Record<(typeof NAMES)[number], boolean>; onSave: (secrets: Secrets) => Promise<void> }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [values, setValues] = useState(NONE)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ tone: 'ok' | 'hot'; text: string }>()
  const given = NAMES.filter((name) => values[name].trim() !== '')
  async function save(): Promise<void> {
    setBusy(true)
    try {
      await onSave(Object.fromEntries(given.map((name) => [name, values[name].trim()])))
      setValues(NONE)
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
        {NAMES.map((name) => (
          <PasswordInput
            key={name}
            label={t(`channels.whatsapp.${name}`)}
            description={t(set[name] ? 'channels.whatsapp.secretSet' : 'channels.whatsapp.secretMissing')}
            dir="ltr"
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('auth.show') }}
            value={values[name]}
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
