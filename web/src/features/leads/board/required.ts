import type { Field } from '@/api/filters'
import type { Lead } from '@/api/shapes'

/** A field's value on the lead's page, by the server's key. */
export function valueOf(lead: Lead, key: string): unknown {
  if (key.startsWith('custom.')) return lead.custom[key.slice(7)]
  if (key === 'owner') return lead.owner?.id
  if (key === 'company') return lead.company_name
  if (key === 'contact.name') return lead.contact.name
  if (key === 'contact.phone') return lead.phone
  if (key === 'contact.email') return lead.email
  if (key.startsWith('contact.')) return (lead.contact as Record<string, unknown>)[key.slice(8)]
  return (lead as Record<string, unknown>)[key]
}

/** What the stage asks for and the lead does not have; a value of nought is none, any other nought is an answer. */
export function missing(lead: Lead, asked: readonly string[], fields: readonly Field[]): Field[] {
  const known = asked.map((key) => fields.find((field) => field.key === key)).filter((field) => field !== undefined)
  return known.filter(({ key }) => {
    const value = valueOf(lead, key)
    const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    return empty || (key === 'value_minor' && value === 0)
  })
}

/** Filled values as the move takes them. */
export function asFields(values: Record<string, unknown>): Record<string, unknown> {
  const custom: Record<string, unknown> = {}
  const contact: Record<string, unknown> = {}
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    if (key.startsWith('custom.')) custom[key.slice(7)] = value
    else if (key.startsWith('contact.')) contact[key.slice(8)] = value
    else if (key === 'company') contact.company = value
    else plain[key === 'owner' ? 'owner_id' : key] = value
  }
  return { ...plain, ...(Object.keys(custom).length > 0 && { custom }), ...(Object.keys(contact).length > 0 && { contact }) }
}
