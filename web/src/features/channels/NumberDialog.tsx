import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewNumber } from '@/api/whatsapp'
import { Dialog } from '@/ui/Dialog'
import { Note, Pair } from '@/ui/Screen'

const PLAIN = ['name', 'display_phone', 'phone_number_id', 'business_account_id'] as const
const SECRET = ['app_secret', 'access_token'] as const

/** Connects a number with the credentials of the provider's dashboard. */
export function NumberDialog({ onAdd, onClose }: { onAdd: (number: NewNumber) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState({ name: 'WhatsApp', display_phone: '', phone_number_id: '', business_account_id: '', app_secret: '', access_token: '' })
  const put = (field: keyof typeof draft) => (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [field]: event.currentTarget.value })
  const valid = /^\d+$/.test(draft.phone_number_id.trim()) && /^\d+$/.test(draft.business_account_id.trim())
  return (
    <Dialog title={t('channels.whatsapp.add')} submit={t('channels.whatsapp.add')} size="560px" disabled={!valid} onClose={onClose} onSubmit={() => onAdd(draft)}>
      <Note>{t('channels.whatsapp.whereIds')}</Note>
      <Pair>
        {PLAIN.map((field) => (
          <TextInput key={field} label={t(`channels.whatsapp.${field}`)} dir={field === 'name' ? 'auto' : 'ltr'} autoComplete="off" value={draft[field]} onChange={put(field)} />
        ))}
        {SECRET.map((field) => (
          <PasswordInput key={field} label={t(`channels.whatsapp.${field}`)} dir="ltr" autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('auth.show') }} value={draft[field]} onChange={put(field)} />
        ))}
      </Pair>
    </Dialog>
  )
}
