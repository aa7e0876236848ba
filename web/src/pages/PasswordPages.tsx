import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { askForReset, resetPassword } from '@/api/login'
import { Door, doorStyles, Wrong } from '@/features/workspaces/Door'
import { Password } from '@/features/workspaces/Password'

/** Asks for a link; the answer is the same whether the address has an account or not. */
export function ForgotPage() {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [state, setState] = useState<'ask' | 'busy' | 'sent' | 'unreachable'>('ask')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setState('busy')
    askForReset(email.trim()).then(
      () => setState('sent'),
      () => setState('unreachable'),
    )
  }
  return (
    <Door title={t('auth.forgot.title')}>
      {state === 'sent' ? (
        <p role="status">{t('auth.forgot.sent')}</p>
      ) : (
        <>
          <p>{t('auth.forgot.hint')}</p>
          <form onSubmit={submit}>
            <TextInput
              label={t('auth.login.email')}
              type="email"
              dir="ltr"
              autoComplete="username"
              required
              withAsterisk={false}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" variant="filled" loading={state === 'busy'}>
              {t('auth.forgot.submit')}
            </Button>
          </form>
          {state === 'unreachable' && <Wrong>{t('auth.login.unreachable')}</Wrong>}
        </>
      )}
      <a className={doorStyles.link} href="/login">
        {t('auth.forgot.back')}
      </a>
    </Door>
  )
}

/** Takes a new password for the link's key. */
export function ResetPage({ keyOfLink }: { keyOfLink: string }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [state, setState] = useState<'ask' | 'busy' | 'done'>('ask')

  async function save(): Promise<void> {
    if (password !== repeated) return setWrong(t('auth.reset.differs'))
    setState('busy')
    try {
      const problems = await resetPassword(keyOfLink, password)
      const keyProblem = problems.some((problem) => problem.field === 'key')
      setWrong(keyProblem ? t('auth.reset.invalid') : problems[0]?.message)
      setState(problems.length === 0 ? 'done' : 'ask')
    } catch {
      setWrong(t('auth.login.unreachable'))
      setState('ask')
    }
  }

  if (state === 'done') {
    return (
      <Door title={t('auth.reset.title')}>
        <p role="status">{t('auth.reset.done')}</p>
        <Button component="a" href="/login" variant="filled">
          {t('auth.login.title')}
        </Button>
      </Door>
    )
  }
  return (
    <Door title={t('auth.reset.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Password label={t('auth.reset.password')} dir="ltr" autoComplete="new-password" required withAsterisk={false} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        <Password label={t('auth.reset.repeat')} dir="ltr" autoComplete="new-password" required withAsterisk={false} value={repeated} onChange={(event) => setRepeated(event.currentTarget.value)} />
        <Button type="submit" variant="filled" loading={state === 'busy'}>
          {t('auth.reset.submit')}
        </Button>
      </form>
      {wrong !== undefined && <Wrong>{wrong}</Wrong>}
      <a className={doorStyles.link} href="/password/reset">
        {t('auth.reset.again')}
      </a>
    </Door>
  )
}
