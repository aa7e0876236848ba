import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewConnection } from '@/api/capture'
import { Dialog } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'

const CHANNEL = 'form_hook'
const SECRET = 'signing_secret'
const NAMES = {
  auto: '',
  typeform: 'Typeform',
  tally: 'Tally',
  jotform: 'Jotform',
  gravity: 'Gravity Forms',
  wpforms: 'WPForms',
  elementor: 'Elementor',
  webflow: 'Webflow',
  calendly: 'Calendly',
  generic: 'Zapier, Make, n8n',
} as const
type Tool = keyof typeof NAMES
const TOOLS = Object.keys(NAMES) as Tool[]

/** Opens a door for a form tool. */
export function HookDialog({ onAdd, onClose }: { onAdd: (connection: NewConnection) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [secret, setSecret] = useState('')
  const [tool, setTool] = useState<Tool>('auto')
  function choose(chosen: Tool): void {
    setTool(chosen)
    if (name === '' || name === NAMES[tool]) setName(NAMES[chosen])
  }
  return (
    <Dialog
      title={t('channels.connections.add')}
      submit={t('ui.add')}
      disabled={name.trim() === ''}
      onClose={onClose}
      onSubmit={() => onAdd({ channel: CHANNEL, name: name.trim(), settings: { tool }, secrets: secret.trim() === '' ? {} : { [SECRET]: secret.trim() } })}
    >
      <Note>{t('channels.connections.addHint')}</Note>
      <Select
        label={t('webforms.hook.tool')}
        description={tool === 'auto' ? undefined : t(`webforms.hook.where.${tool}`)}
        allowDeselect={false}
        data={TOOLS.map((one) => ({ value: one, label: one === 'auto' ? t('webforms.hook.auto') : NAMES[one] }))}
        value={tool}
        onChange={(chosen) => chosen !== null && choose(chosen)}
      />
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
