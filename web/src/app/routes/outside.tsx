import { createLazyRoute } from '@tanstack/react-router'
import { JoinPage } from '@/pages/JoinPage'
import { LoginPage } from '@/pages/LoginPage'
import { ForgotPage, ResetPage } from '@/pages/PasswordPages'

export const login = createLazyRoute('/outside/login')({
  component: function Login() {
    return <LoginPage next={login.useSearch().next} />
  },
})

export const forgot = createLazyRoute('/outside/password/reset')({ component: ForgotPage })

export const reset = createLazyRoute('/outside/password/reset/$key')({
  component: function Reset() {
    return <ResetPage keyOfLink={reset.useParams().key} />
  },
})

export const join = createLazyRoute('/outside/invitation/$token')({
  component: function Join() {
    return <JoinPage token={join.useParams().token} />
  },
})
