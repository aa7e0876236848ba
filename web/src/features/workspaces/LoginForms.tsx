import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { giveCode, logIn, type LoginResult } from '@/api/login'
import { Unreachable } from '@/api/problem'
import { Wrong } from './Door'
import { Password } from './Password'

type Trouble = Exclude<LoginResult, 'in' | 'code'> | 'unreachable'

/** The steps of logging in, wherever they are shown. */
export function LoginSteps({ known, onIn, onStep }: { known?: string; onIn: () => void; onStep?: (step: 'password' | 'code') => void }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)

  async function run(attempt: () => Promise<LoginResult>): Promise<void> {
    setBusy(true)
    setTrouble(null)
    try {
      const result = await attempt()
      if (result === 'in') return onIn()
      if (result === 'code') {
        setStep('code')
        onStep?.('code')
      } else setTrouble(result)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      setTrouble('unreachable')
    } finally {
      setBusy(false)
    }
  }

  const words = trouble === 'wrong' && step === 'code' ? t('auth.code.wrong') : trouble !== null && t(`auth.login.${trouble}`)
  return (
    <>
      {step === 'code' ? (
        <CodeForm busy={busy} onCode={(code) => run(() => giveCode(code))} />
      ) : (
        <PasswordForm busy={busy} {...(known !== undefined && { known })} onSubmit={(email, password) => run(() => logIn(email, password))} />
      )}
      {words !== false && <Wrong>{words}</Wrong>}
    </>
  )
}

/** E-mail and password; a known e-mail address is not asked for again. */
function PasswordForm({ busy, known, onSubmit }: { busy: boolean; known?: string; onSubmit: (email: string, password: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState(known ?? '')
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
        autoFocus={known === undefined}
        readOnly={known !== undefined}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Password
        label={t('auth.login.password')}
        dir="ltr"
        autoComplete="current-password"
        data-autofocus={known !== undefined || undefined}
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

/** The code of the authenticator app. */
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
