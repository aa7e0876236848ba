import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewConnection } from '@/api/capture'
import { Dialog } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'

const CHANNEL = 'form_hook'
const SECRET = 'signing_secret'

/** Opens a door for a form tool. */
export function HookDialog({ onAdd, onClose }: { onAdd: (connection: NewConnection) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [secret, setSecret] = useState('')
  return (
    <Dialog
      title={t('channels.connections.add')}
      submit={t('ui.add')}
      disabled={name.trim() === ''}
      onClose={onClose}
      onSubmit={() => onAdd({ channel: CHANNEL, name: name.trim(), settings: {}, secrets: secret.trim() === '' ? {} : { [SECRET]: secret.trim() } })}
    >
      <Note>{t('channels.connections.addHint')}</Note>
      <TextInput label={t('channels.connections.name')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput
        label={t('channels.connections.secret')}
        description={t('channels.connections.secretHint')}
        dir="ltr"
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('auth.show') }}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
    </Dialog>
  )
}
