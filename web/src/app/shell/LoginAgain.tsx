import { Modal } from '@mantine/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whenSessionEnds } from '@/api/http'
import { useMe } from '@/api/me'
import { useOperations } from '@/offline/session'

const LoginSteps = lazy(() => import('@/features/workspaces/LoginForms').then((forms) => ({ default: forms.LoginSteps })))

/** Asks for the password where the session has ended, over the screen as it stands; nothing that waits is lost. */
export function LoginAgain({ onBack, onLogOut }: { onBack: () => void; onLogOut: () => void }) {
  const { t } = useTranslation()
  const { member } = useMe()
  const waiting = useOperations().length
  const [due, setDue] = useState(false)
  useEffect(() => whenSessionEnds(() => setDue(true)), [])
  if (!due) return null
  return (
    <Modal opened onClose={onLogOut} title={t('auth.again.title')} closeOnClickOutside={false} closeOnEscape={false} closeButtonProps={{ 'aria-label': t('app.logOut') }}>
      <p style={{ marginBlockStart: 0 }}>{waiting > 0 ? t('auth.again.waiting', { count: waiting }) : t('auth.again.hint')}</p>
      <Suspense>
        <LoginSteps
          known={member.email}
          onIn={() => {
            setDue(false)
            onBack()
          }}
        />
      </Suspense>
    </Modal>
  )
}
