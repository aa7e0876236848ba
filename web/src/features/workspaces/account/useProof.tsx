import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmPassword, PasswordNeeded } from '@/api/account'
import { Dialog } from '@/ui/Dialog'
import { Password } from '../Password'

/** Runs what the server may want a password for, asks for it when it does, and then runs it again. */
export function useProof(): { run: (task: () => Promise<void>) => Promise<void>; question: ReactNode } {
  const [waiting, setWaiting] = useState<(() => Promise<void>) | null>(null)
  async function run(task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      if (!(error instanceof PasswordNeeded)) throw error
      setWaiting(() => task)
    }
  }
  return { run, question: waiting && <Question task={waiting} onClose={() => setWaiting(null)} /> }
}

function Question({ task, onClose }: { task: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  return (
    <Dialog
      title={t('settings.account.proof')}
      submit={t('settings.account.proofSubmit')}
      disabled={password === ''}
      onClose={onClose}
      onSubmit={async () => {
        await confirmPassword(password)
        await task()
        onClose()
      }}
    >
      <Password label={t('settings.account.current')} dir="ltr" autoComplete="current-password" autoFocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
    </Dialog>
  )
}
