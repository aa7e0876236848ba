import { api, bodyOf, once } from './client'
import { reach } from './http'

const address = (lead: string) => `/api/v1/leads/${lead}/files`

/** Where the file in a field of a lead is. */
export const fileAt = (lead: string, key: string): string => `${address(lead)}?key=${encodeURIComponent(key)}`

/** Keeps a file in a field of a lead, in place of the one before. */
export async function bringFile(lead: string, key: string, file: File): Promise<void> {
  const body = new FormData()
  body.append('file', file)
  body.append('key', key)
  await reach(new Request(new URL(address(lead), location.origin), { method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin' }))
}

export const dropFile = (lead: string, key: string, id: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/leads/{lead_id}/files', { params: { path: { lead_id: lead }, query: { key } }, headers: once(id) }))
