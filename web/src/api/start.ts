import { api, bodyOf, once, type Shapes } from './client'
import type { Start, StartIn } from './shapes'

export type Invitation = Shapes['InvitedOut']

/** What the first-run page needs to know, and whether it is due. */
export function getStart(): Promise<Start> {
  return bodyOf(api.GET('/api/v1/start'))
}

/** Makes the workspace and its owner, who is logged in afterwards. */
export function start(body: StartIn, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/start', { body, headers: once(key) }))
}

/** Whom the link invites, and where to; refused when the invitation is used up. */
export function getInvitation(token: string): Promise<Invitation> {
  return bodyOf(api.GET('/api/v1/invitation', { params: { query: { token } } }))
}

/** Accepts an invitation; the member is logged in afterwards. */
export function join(body: Shapes['AcceptanceIn'], key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/invitation/acceptances', { body, headers: once(key) }))
}
