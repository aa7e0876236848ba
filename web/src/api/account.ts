import { csrfToken } from './http'
import { Problem, readProblem, Unreachable } from './problem'

const BASE = '/_allauth/browser/v1'

export type Authenticator =
  | { type: 'totp'; created_at: number; last_used_at: number | null }
  | { type: 'recovery_codes'; created_at: number; last_used_at: number | null; total_code_count: number; unused_code_count: number; unused_codes?: string[] }
export type TotpOffer = { secret: string; totp_url: string }
export type Session = { id: number; user_agent: string; ip: string; created_at: number; is_current: boolean }

/** The server wants the password again before something this sensitive. */
export class PasswordNeeded extends Error {
  constructor() {
    super('password needed')
    this.name = 'PasswordNeeded'
  }
}

type Answer<T> = { data?: T; meta?: unknown; errors?: { param?: string; message: string }[] }

async function ask<T>(method: string, path: string, body?: unknown, accepted: readonly number[] = []): Promise<Answer<T>> {
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': await csrfToken() }
  let answer: Response
  try {
    answer = await globalThis.fetch(BASE + path, { method, headers, credentials: 'same-origin', body: body === undefined ? null : JSON.stringify(body) })
  } catch (error) {
    throw new Unreachable(error)
  }
  if (answer.ok || accepted.includes(answer.status)) return (await answer.json()) as Answer<T>
  throw await refusal(answer)
}

async function refusal(answer: Response): Promise<Error> {
  const copy = answer.clone()
  const found = (await answer.json().catch(() => ({}))) as Answer<{ flows?: { id: string }[] }>
  if (answer.status === 401 && found.data?.flows?.some((flow) => flow.id === 'reauthenticate' || flow.id === 'mfa_reauthenticate')) return new PasswordNeeded()
  const [first] = found.errors ?? []
  return first ? new Problem(answer.status, { detail: first.message, ...(first.param !== undefined && { field: first.param }) }) : readProblem(copy)
}

/** The second steps this member has set up. */
export async function getAuthenticators(): Promise<Authenticator[]> {
  return (await ask<Authenticator[]>('GET', '/account/authenticators')).data ?? []
}

/** A fresh secret for an authenticator app; undefined when one is active already. */
export async function getTotpOffer(): Promise<TotpOffer | undefined> {
  // The library answers 404 with the secret in it while no app is active.
  const answer = await ask('GET', '/account/authenticators/totp', undefined, [404])
  return answer.meta as TotpOffer | undefined
}

/** Switches the second step on with a code of the app. */
export async function activateTotp(code: string): Promise<void> {
  await ask('POST', '/account/authenticators/totp', { code })
}

/** Switches the second step off. */
export async function deactivateTotp(): Promise<void> {
  await ask('DELETE', '/account/authenticators/totp')
}

/** The recovery codes that are left. */
export async function getRecoveryCodes(): Promise<string[]> {
  const answer = await ask<Extract<Authenticator, { type: 'recovery_codes' }>>('GET', '/account/authenticators/recovery-codes', undefined, [404])
  return answer.data?.unused_codes ?? []
}

/** New recovery codes; the old ones stop working. */
export async function renewRecoveryCodes(): Promise<string[]> {
  const answer = await ask<Extract<Authenticator, { type: 'recovery_codes' }>>('POST', '/account/authenticators/recovery-codes', {})
  return answer.data?.unused_codes ?? []
}

/** Proves once more who is here. */
export async function confirmPassword(password: string): Promise<void> {
  await ask('POST', '/auth/reauthenticate', { password })
}

export async function changePassword(current: string, next: string): Promise<void> {
  await ask('POST', '/account/password/change', { current_password: current, new_password: next })
}

/** Where this member is logged in. */
export async function getSessions(): Promise<Session[]> {
  return (await ask<Session[]>('GET', '/auth/sessions')).data ?? []
}

/** Logs other devices out. */
export async function endSessions(ids: readonly number[]): Promise<void> {
  await ask('DELETE', '/auth/sessions', { sessions: ids })
}
