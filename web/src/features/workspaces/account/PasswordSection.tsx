import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword } from '@/api/account'
import { Dialog } from '@/ui/Dialog'
import { Note, Section } from '@/ui/Screen'
import { Password } from '../Password'

/** The member's password. */
export function PasswordSection() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState(false)
  return (
    <Section title={t('settings.account.password')} action={<Button onClick={() => setOpen(true)}>{t('settings.account.changePassword')}</Button>}>
      {done ? <Note tone="ok">{t('settings.account.passwordChanged')}</Note> : <Note>{t('settings.account.passwordHint')}</Note>}
      {open && (
        <PasswordDialog
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            setDone(true)
          }}
        />
      )}
    </Section>
  )
}

function PasswordDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const differs = repeated !== '' && repeated !== next
  return (
    <Dialog
      title={t('settings.account.changePassword')}
      submit={t('auth.reset.submit')}
      disabled={current === '' || next.length < 10 || next !== repeated}
      onClose={onClose}
      onSubmit={() => changePassword(current, next).then(onDone)}
    >
      <Password label={t('settings.account.current')} dir="ltr" autoComplete="current-password" autoFocus value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />
      <Password label={t('auth.reset.password')} description={t('auth.setup.passwordHint')} dir="ltr" autoComplete="new-password" value={next} onChange={(event) => setNext(event.currentTarget.value)} />
      <Password label={t('auth.reset.repeat')} dir="ltr" autoComplete="new-password" value={repeated} error={differs ? t('auth.reset.differs') : undefined} onChange={(event) => setRepeated(event.currentTarget.value)} />
    </Dialog>
  )
}
