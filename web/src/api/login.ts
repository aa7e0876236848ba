import { call, csrfToken } from './http'
import { Problem, Unreachable } from './problem'

const BASE = '/_allauth/browser/v1'

export type LoginResult = 'in' | 'code' | 'wrong' | 'locked' | 'unavailable'

async function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': await csrfToken() }
  try {
    return await globalThis.fetch(BASE + path, { method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify(body) })
  } catch (error) {
    throw new Unreachable(error)
  }
}

/** allauth answers 401 where a further step is due, with that step in the body. */
async function attempt(path: string, body: unknown): Promise<LoginResult> {
  const answer = await post(path, body)
  if (answer.ok || answer.status === 409) return 'in'
  if (answer.status === 429) return 'locked'
  if (answer.status >= 500) return 'unavailable'
  const found = (await answer.json().catch(() => ({}))) as {
    data?: { flows?: { id: string; is_pending?: boolean }[] }
    errors?: { code?: string }[]
  }
  if (answer.status === 401) {
    const pending = found.data?.flows?.find((flow) => flow.is_pending)
    return pending?.id === 'mfa_authenticate' ? 'code' : 'wrong'
  }
  if (found.errors?.some((error) => error.code === 'too_many_login_attempts')) return 'locked'
  return 'wrong'
}

/** First step of logging in. */
export function logIn(email: string, password: string): Promise<LoginResult> {
  return attempt('/auth/login', { email, password })
}

/** Second step, for members with an authenticator app. */
export function giveCode(code: string): Promise<LoginResult> {
  return attempt('/auth/2fa/authenticate', { code })
}

/** Ends the session on the server; a session that is already over is no failure. */
export async function logOut(): Promise<void> {
  try {
    await call('DELETE', `${BASE}/auth/session`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** Sends a link for a new password, if the address has an account. */
export async function askForReset(email: string): Promise<void> {
  await call('POST', `${BASE}/auth/password/request`, { body: { email } })
}

/** Sets a new password by the link's key; an empty list means it is done. */
export async function resetPassword(key: string, password: string): Promise<{ field: string; message: string }[]> {
  const answer = await post('/auth/password/reset', { key, password })
  // 401 only says that the person still has to log in.
  if (answer.ok || answer.status === 401) return []
  const found = (await answer.json().catch(() => ({}))) as { errors?: { param?: string; message: string }[] }
  return (found.errors ?? [{ message: `HTTP ${answer.status}` }]).map((error) => ({ field: error.param ?? '', message: error.message }))
}
