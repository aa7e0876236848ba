import { call } from './http'

export type Composing = { member_id: string; name: string; since: string }

/** Who else is writing to the person of this lead right now. */
export function getComposers(lead: string, signal?: AbortSignal): Promise<Composing[]> {
  return call('GET', `/api/v1/leads/${lead}/composers`, signal && { signal })
}

/** Tells the others that this member is writing; to be repeated while it lasts. */
export function keepComposing(lead: string): Promise<unknown> {
  return call('PUT', `/api/v1/leads/${lead}/composers/me`)
}

/** Tells the others that this member has stopped writing. */
export function stopComposing(lead: string): Promise<unknown> {
  return call('DELETE', `/api/v1/leads/${lead}/composers/me`)
}
