import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { LoginSteps } from '@/features/workspaces/LoginForms'
import { useOperations } from '@/offline/session'

/** The password once more, over the screen as it stands. */
export default function LoginDialog({ onIn, onLogOut }: { onIn: () => void; onLogOut: () => void }) {
  const { t } = useTranslation()
  const { member } = useMe()
  const waiting = useOperations().length
  return (
    <Modal opened onClose={onLogOut} title={t('auth.again.title')} closeOnClickOutside={false} closeOnEscape={false} closeButtonProps={{ 'aria-label': t('app.logOut') }}>
      <p style={{ marginBlockStart: 0 }}>{waiting > 0 ? t('auth.again.waiting', { count: waiting }) : t('auth.again.hint')}</p>
      <LoginSteps known={member.email} onIn={onIn} />
    </Modal>
  )
}
