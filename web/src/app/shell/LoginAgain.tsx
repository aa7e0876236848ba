import { lazy, Suspense, useEffect, useState } from 'react'
import { whenSessionEnds } from '@/api/http'

const LoginDialog = lazy(() => import('./LoginDialog'))

/** Asks for the password where the session has ended; nothing that waits is lost. */
export function LoginAgain({ onBack, onLogOut }: { onBack: () => void; onLogOut: () => void }) {
  const [due, setDue] = useState(false)
  useEffect(() => whenSessionEnds(() => setDue(true)), [])
  function goOn(): void {
    setDue(false)
    onBack()
  }
  return <Suspense>{due && <LoginDialog onIn={goOn} onLogOut={onLogOut} />}</Suspense>
}
