import type { InfiniteData, QueryKey } from '@tanstack/react-query'
import { addLead, addNote, assignLead, changeLead, deleteLead, markSpam, moveLead, restoreLead, sendMessage, setBand, type MessageIn, type MoveIn } from '@/api/leads'
import type { VersionedRecord } from '@/api/problem'
import type { Band, Board, Card, ColumnPage, Lead, LeadPage, LeadRow, Named } from '@/api/shapes'
import { addCall, addMeeting, type CallIn, type MeetingIn } from '@/api/touches'
import { registerKind, type Operation } from '@/offline/operation'
import { paintAdded, paintChange, paintColumn, paintMove, paintRemoved, type BoardParams } from './board/paint'
import { paintEntry } from './page/paintEntry'

/** Fields of the record that belong to the person behind the lead, and the server's words for them. */
const OF_CONTACT: Record<string, string> = { contact_name: 'name', company_name: 'company', city: 'city', phone: 'phone', email: 'email' }

type Fields = Record<string, unknown>

/** The values of custom fields, or the answers, that differ; the others may have been changed by somebody else meanwhile. */
function customChange(now: Fields, seen: Fields): Fields {
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(seen[key])))
}

/** The changed fields as PATCH takes them. */
export function asPatch(fields: Fields, seen: Fields): Fields {
  const contact: Fields = {}
  const patch: Fields = {}
  for (const [field, value] of Object.entries(fields)) {
    const ofContact = OF_CONTACT[field]
    if (ofContact !== undefined) contact[ofContact] = value
    else if (field === 'owner') patch.owner_id = (value as Named | null)?.id ?? null
    else if (field === 'contact') contact.custom = customChange((value as Lead['contact']).custom, ((seen.contact ?? {}) as Partial<Lead['contact']>).custom ?? {})
    else if (field === 'custom' || field === 'qualification') patch[field] = customChange(value as Fields, (seen[field] ?? {}) as Fields)
    else patch[field] = value
  }
  return Object.keys(contact).length > 0 ? { ...patch, contact } : patch
}

type ListParams = { owner?: string; source?: string; where?: unknown; view?: string; q?: string; cursor?: string }

/** A new lead stands on top of the first page of lists that nothing narrows down. */
function paintNew(page: LeadPage, operation: Operation, { owner, source, where, view, q, cursor }: ListParams): LeadPage {
  const narrowed = [owner, source, where, q, cursor].some((one) => one !== undefined) || (view !== undefined && !['all', 'mine', 'new'].includes(view))
  const { id } = operation.subject
  if (narrowed || page.items.some((row) => row.id === id)) return page
  const { phone = '', email = '' } = operation.change as { phone?: string; email?: string }
  const at = new Date(operation.at).toISOString()
  const row: LeadRow = { ...(operation.record as Card), phone, email, lead_type: '', created_at: at, inbound_at: at, last_activity_at: at, city: '', stage_name: '', custom: {}, tags: [], chance: null }
  return { ...page, items: [row, ...page.items], total: one(page.total, 1) }
}

const one = (total: LeadPage['total'], more: 1 | -1) => (typeof total === 'number' ? total + more : total)

function paintRows(page: LeadPage, operation: Operation, params: ListParams): LeadPage {
  const { id } = operation.subject
  if (operation.kind === 'lead.add') return paintNew(page, operation, params)
  if (!page.items.some((row) => row.id === id)) return page
  if (operation.kind === 'lead.delete' || operation.kind === 'lead.spam') return { ...page, items: page.items.filter((row) => row.id !== id), total: one(page.total, -1) }
  return { ...page, items: page.items.map((row) => (row.id === id ? { ...row, ...operation.change } : row)) }
}

function paintBoard(board: Board, operation: Operation, params: BoardParams): Board {
  if (operation.kind === 'lead.move') return paintMove(board, operation, params.sort)
  if (operation.kind === 'lead.add') return paintAdded(board, operation, params.sort)
  if (operation.kind === 'lead.delete' || operation.kind === 'lead.spam') return paintRemoved(board, operation)
  return paintChange(board, operation)
}

/** Keys: leads/board/params, leads/column/stage/params, leads/list/params, leads/one/id. */
function paint(key: QueryKey, data: unknown, operation: Operation): unknown {
  if (key[0] !== 'leads' || data === undefined) return data
  if (key[1] === 'board') return paintBoard(data as Board, operation, key[2] as BoardParams)
  if (key[1] === 'column') return paintColumn(data as InfiniteData<ColumnPage>, String(key[2]), operation)
  if (key[1] === 'list') return paintRows(data as LeadPage, operation, key[2] as ListParams)
  if (key[1] === 'one' && key[2] === operation.subject.id) return { ...(data as object), ...operation.change }
  return data
}

const nothing = (): null => null
const touches: QueryKey[] = [['leads'], ['timeline']]

registerKind('lead.move', {
  send: (operation) => {
    const { stage_id, won, lost, fields } = operation.change as MoveIn & Record<string, unknown>
    const body: MoveIn = { stage_id, version: operation.baseVersion ?? undefined }
    return moveLead(operation.subject.id, { ...body, ...(won && { won }), ...(lost && { lost }), ...(fields && { fields }) }, operation.id)
  },
  paint,
  whole: true,
  touches,
})

registerKind('lead.change', {
  send: (operation) => changeLead(operation.subject.id, asPatch(operation.change, operation.seen), operation.baseVersion, operation.id),
  paint,
  touches,
})

registerKind('lead.add', {
  send: (operation) => addLead({ id: operation.subject.id, ...operation.change }, operation.id),
  paint: (key, data, operation) => (key[1] === 'board' || key[1] === 'list' ? paint(key, data, operation) : data),
  touches: [['leads'], ['search']],
})

registerKind('lead.assign', {
  send: (operation) => assignLead(operation.subject.id, (operation.change.owner as Named).id, operation.id).then(nothing),
  paint,
  touches,
})

registerKind('lead.band', {
  send: ({ subject, change, id }) => setBand(subject.id, (change.band as Band | undefined) ?? null, String(change.band_reason), id).then(nothing),
  paint,
  touches,
})

registerKind('lead.spam', {
  send: (operation) => markSpam(operation.subject.id, operation.id).then(nothing),
  paint,
  touches,
})

registerKind('lead.delete', {
  send: (operation) => deleteLead(operation.subject.id, operation.id).then(nothing),
  paint: (key, data, operation) => (key[1] === 'one' ? data : paint(key, data, operation)),
  touches: [['leads'], ['search']],
})

registerKind('lead.restore', {
  send: (operation) => restoreLead(operation.subject.id, operation.id).then(nothing),
  paint: (_, data) => data,
  touches: [['leads'], ['search']],
})

registerKind('note.add', {
  send: ({ subject, change, id }) => addNote(subject.id, change as { id: string; text: string }, id).then(nothing),
  paint: paintEntry,
  touches,
})

registerKind('message.send', {
  send: ({ subject, change, id }) => sendMessage(subject.id, change as MessageIn, id).then((): VersionedRecord | null => null),
  paint: paintEntry,
  touches,
})

registerKind('call.add', {
  send: ({ subject, change, id }) => addCall(subject.id, change as CallIn & { id: string }, id).then(nothing),
  paint: paintEntry,
  touches,
})

registerKind('meeting.add', {
  send: ({ subject, change, id }) => addMeeting(subject.id, change as MeetingIn & { id: string }, id).then(nothing),
  paint: paintEntry,
  touches,
})
