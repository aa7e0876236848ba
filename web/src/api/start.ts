import { call } from './http'
import type { Start, StartIn } from './shapes'

export type Invitation = { email: string; name: string; workspace: string; has_login: boolean }

/** What the first-run page needs to know, and whether it is due. */
export function getStart(): Promise<Start> {
  return call('GET', '/api/v1/start')
}

/** Makes the workspace and its owner, who is logged in afterwards. */
export function start(body: StartIn, key: string): Promise<unknown> {
  return call('POST', '/api/v1/start', { body, key })
}

/** Whom the link invites, and where to; refused when the invitation is used up. */
export function getInvitation(token: string): Promise<Invitation> {
  return call('GET', '/api/v1/invitation', { query: { token } })
}

/** Accepts an invitation; the member is logged in afterwards. */
export function join(body: { token: string; name: string; password: string }, key: string): Promise<unknown> {
  return call('POST', '/api/v1/invitation/acceptances', { body, key })
}
