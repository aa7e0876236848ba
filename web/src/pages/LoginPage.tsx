import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { giveCode, logIn, type LoginResult } from '@/api/login'
import { Unreachable } from '@/api/problem'
import { Door, doorStyles, Wrong } from '@/features/workspaces/Door'
import { Password } from '@/features/workspaces/Password'

type Step = 'password' | 'code'
type Trouble = 'wrong' | 'locked' | 'unreachable'

/** Where to go afterwards; only addresses of this app. */
function goOn(next: string | undefined): void {
  location.assign(next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/')
}

/** E-mail and password, then the code of the authenticator app where one is set up. */
export function LoginPage({ next }: { next: string | undefined }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>('password')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)

  async function run(attempt: () => Promise<LoginResult>): Promise<void> {
    setBusy(true)
    setTrouble(null)
    try {
      const result = await attempt()
      if (result === 'in') return goOn(next)
      if (result === 'code') setStep('code')
      else setTrouble(result)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      setTrouble('unreachable')
    } finally {
      setBusy(false)
    }
  }

  if (step === 'code') {
    return (
      <Door title={t('auth.code.title')}>
        <p>{t('auth.code.hint')}</p>
        <CodeForm busy={busy} onCode={(code) => run(() => giveCode(code))} />
        {trouble !== null && <Wrong>{trouble === 'wrong' ? t('auth.code.wrong') : t(`auth.login.${trouble}`)}</Wrong>}
        <button type="button" className={doorStyles.link} style={{ border: 0, background: 'none', font: 'inherit' }} onClick={() => location.reload()}>
          {t('auth.code.back')}
        </button>
      </Door>
    )
  }
  return (
    <Door title={t('auth.login.title')}>
      <PasswordForm busy={busy} onSubmit={(email, password) => run(() => logIn(email, password))} />
      {trouble !== null && <Wrong>{t(`auth.login.${trouble}`)}</Wrong>}
      <a className={doorStyles.link} href="/password/reset">
        {t('auth.login.forgot')}
      </a>
    </Door>
  )
}

function PasswordForm({ busy, onSubmit }: { busy: boolean; onSubmit: (email: string, password: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void onSubmit(email.trim(), password)
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('auth.login.email')}
        type="email"
        dir="ltr"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Password
        label={t('auth.login.password')}
        dir="ltr"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" loading={busy}>
        {t('auth.login.submit')}
      </Button>
    </form>
  )
}

function CodeForm({ busy, onCode }: { busy: boolean; onCode: (code: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void onCode(code.replace(/\s/g, ''))
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('auth.code.label')}
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        withAsterisk={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" loading={busy}>
        {t('auth.code.submit')}
      </Button>
    </form>
  )
}
