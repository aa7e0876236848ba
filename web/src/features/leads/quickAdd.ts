import type { Card, Named } from '@/api/shapes'
import { parseMoney } from '@/lib/money'
import type { NewOperation } from '@/offline/operation'

export const EMPTY_LEAD = { name: '', phone: '', email: '', company: '', source: null as string | null, value: '', text: '' }

type New = { id: string; values: typeof EMPTY_LEAD; custom?: Record<string, unknown>; currency: string; owner: Named }

/** A lead typed by hand, and the card that shows it until the server has given it an owner and a score. */
export function add({ id, values, custom = {}, currency, owner }: New): NewOperation {
  const text = (field: 'name' | 'phone' | 'email' | 'company' | 'text') => values[field].trim()
  const name = text('name') || text('phone') || text('email')
  const minor = values.value.trim() === '' ? null : parseMoney(values.value, currency)
  const given = Object.fromEntries(
    (['phone', 'email', 'company', 'text'] as const).map((field) => [field, text(field)]).filter(([, value]) => value !== ''),
  )
  const change = {
    name,
    ...given,
    channel: 'manual',
    ...(values.source !== null && { source: values.source }),
    ...(minor !== null && { value_minor: minor, currency }),
    ...(Object.keys(custom).length > 0 && { custom }),
  }
  const record: Card = {
    id,
    version: 0,
    name,
    value_minor: minor ?? 0,
    currency,
    contact_name: name,
    company_name: text('company'),
    source: values.source ?? 'manual',
    channel: 'manual',
    score: 0,
    band: 'cold',
    owner,
    stage_id: '',
    entered_stage_at: new Date().toISOString(),
    days_in_stage: 0,
    rotten: false,
    days_over: 0,
    next_step: '',
    next_step_at: null,
    respond_by: null,
    sla: 'none',
    escalated: false,
    unread: 0,
    deal: false,
    status: 'open',
  }
  return { kind: 'lead.add', subject: { id, title: name }, seen: {}, record, change, baseVersion: null }
}
