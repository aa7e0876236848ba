import type { MoveIn } from '@/api/leads'
import type { CallIn, MeetingIn } from '@/api/touches'
import type { Band, Card, Lead, Named } from '@/api/shapes'
import { newId } from '@/lib/uuid'
import type { NewOperation } from '@/offline/operation'

type Subject = Pick<Card, 'id' | 'name' | 'version'>

/** A lead moved to another stage, with what closing it asks for. */
export function move(card: Subject & { stage_id: string }, to: string, closing: Pick<MoveIn, 'won' | 'lost' | 'fields'> = {}): NewOperation {
  return {
    kind: 'lead.move',
    subject: { id: card.id, title: card.name },
    seen: { stage_id: card.stage_id },
    record: card,
    change: { stage_id: to, ...closing },
    baseVersion: card.version,
  }
}

/** Fields of a lead changed in place, under the names the record itself has. */
export function change(lead: Lead, fields: Partial<Lead>): NewOperation {
  const seen = Object.fromEntries(Object.keys(fields).map((field) => [field, lead[field as keyof Lead]]))
  return { kind: 'lead.change', subject: { id: lead.id, title: lead.name }, seen, change: fields, baseVersion: lead.version }
}

/** A lead with these tags beside those it has. */
export function tag(lead: Subject & { tags: readonly string[] }, tags: readonly string[]): NewOperation {
  return { kind: 'lead.change', subject: { id: lead.id, title: lead.name }, seen: { tags: lead.tags }, change: { tags: [...new Set([...lead.tags, ...tags])] }, baseVersion: lead.version }
}

/** A lead given to somebody. */
export function assign(lead: Subject & { owner: Named | null }, owner: Named): NewOperation {
  return {
    kind: 'lead.assign',
    subject: { id: lead.id, title: lead.name },
    seen: { owner: lead.owner },
    change: { owner },
    baseVersion: lead.version,
  }
}

/** How promising a lead is, decided by a person; null lets the score decide again. */
export function band(lead: Subject & { band: Band; band_overridden: boolean }, to: Band | null, reason: string): NewOperation {
  const decided = to === null ? { band_overridden: false, band_reason: '' } : { band: to, band_overridden: true, band_reason: reason }
  return {
    kind: 'lead.band',
    subject: { id: lead.id, title: lead.name },
    seen: { band: lead.band, band_overridden: lead.band_overridden },
    change: decided,
    baseVersion: null,
  }
}

/** A lead taken off the board as spam. */
export function spam(lead: Subject): NewOperation {
  return { kind: 'lead.spam', subject: { id: lead.id, title: lead.name }, seen: {}, change: { status: 'spam' }, baseVersion: null }
}

/** A lead put into the trash. */
export function remove(lead: Subject): NewOperation {
  return { kind: 'lead.delete', subject: { id: lead.id, title: lead.name }, seen: {}, change: {}, baseVersion: lead.version }
}

/** A lead taken out of the trash. */
export function restore(lead: Subject): NewOperation {
  return { kind: 'lead.restore', subject: { id: lead.id, title: lead.name }, seen: {}, change: {}, baseVersion: null }
}

/** A note in the timeline; two notes never conflict. */
export function note(lead: Subject, text: string, author: Named): NewOperation {
  return {
    kind: 'note.add',
    subject: { id: lead.id, title: lead.name },
    seen: {},
    record: { actor: author },
    change: { id: newId(), text },
    baseVersion: null,
  }
}

/** A call written down; like notes, two of them never conflict. */
export function loggedCall(lead: Subject, call: CallIn, author: Named): NewOperation {
  return { kind: 'call.add', subject: { id: lead.id, title: lead.name }, seen: {}, record: { actor: author }, change: { id: newId(), ...call }, baseVersion: null }
}

/** A meeting written down. */
export function loggedMeeting(lead: Subject, meeting: MeetingIn, author: Named): NewOperation {
  return { kind: 'meeting.add', subject: { id: lead.id, title: lead.name }, seen: {}, record: { actor: author }, change: { id: newId(), ...meeting }, baseVersion: null }
}

export type Writing = { channel: string; subject?: string; body?: string; template_id?: string; variables?: Record<string, string> }

/** A message to the person; `shown` is its text as the timeline shows it until it is sent. */
export function message(lead: Subject, writing: Writing, shown: string, author: Named): NewOperation {
  return {
    kind: 'message.send',
    subject: { id: lead.id, title: lead.name },
    seen: {},
    record: { actor: author, text: shown },
    change: { id: newId(), ...writing },
    baseVersion: null,
  }
}
