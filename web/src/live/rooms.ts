/** What the server tells changes of, and the first words of the queries that a change makes stale. */
export const STALE = {
  automations: ['automations'],
  capture: ['capture'],
  composers: ['composers'],
  contacts: ['contacts', 'leads', 'customers', 'search'],
  customers: ['customers', 'leads', 'search'],
  conversations: ['conversations', 'leads', 'timeline'],
  // Custom fields are columns of the leads table, questions of the forms and lines of the conversion map.
  fields: ['fields', 'leads', 'customers', 'capture'],
  leads: ['leads', 'customers', 'search', 'conversations'],
  // A member's name stands on everything that has an owner.
  members: ['members', 'leads', 'assignment'],
  notices: ['notices'],
  timeline: ['timeline'],
  views: ['views'],
} as const satisfies Record<string, readonly string[]>

/** The queries that show a room's records; a room this version does not know is read under its own name. */
export function staleAfter(room: string): readonly string[] {
  return (STALE as Record<string, readonly string[]>)[room] ?? [room]
}
