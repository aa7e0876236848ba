import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Door, doorStyles } from '@/features/workspaces/Door'
import { LoginSteps } from '@/features/workspaces/LoginForms'

/** Where to go afterwards; only addresses of this app. */
function goOn(next: string | undefined): void {
  location.assign(next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/')
}

/** E-mail and password, then the code of the authenticator app where one is set up. */
export function LoginPage({ next }: { next: string | undefined }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<'password' | 'code'>('password')
  return (
    <Door title={t(step === 'code' ? 'auth.code.title' : 'auth.login.title')}>
      {step === 'code' && <p>{t('auth.code.hint')}</p>}
      <LoginSteps onStep={setStep} onIn={() => goOn(next)} />
      {step === 'code' ? (
        <button type="button" className={doorStyles.link} style={{ border: 0, background: 'none', font: 'inherit' }} onClick={() => location.reload()}>
          {t('auth.code.back')}
        </button>
      ) : (
        <a className={doorStyles.link} href="/password/reset">
          {t('auth.login.forgot')}
        </a>
      )}
    </Door>
  )
}
