import { api, bodyOf, type Shapes } from './client'

export type Composing = Shapes['ComposerOut']

const of = (lead: string) => ({ params: { path: { lead_id: lead } } })

/** Who else is writing to the person of this lead right now. */
export function getComposers(lead: string, signal?: AbortSignal): Promise<Composing[]> {
  return bodyOf(api.GET('/api/v1/leads/{lead_id}/composers', { ...of(lead), ...(signal && { signal }) }))
}

/** Tells the others that this member is writing; to be repeated while it lasts. */
export async function keepComposing(lead: string): Promise<void> {
  await api.PUT('/api/v1/leads/{lead_id}/composers/me', of(lead))
}

/** Tells the others that this member has stopped writing. */
export async function stopComposing(lead: string): Promise<void> {
  await api.DELETE('/api/v1/leads/{lead_id}/composers/me', of(lead))
}
