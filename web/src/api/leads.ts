import { call } from './http'
import type { Board, ColumnPage, Found, Lead, LeadChannel, LeadPage, LossReason, Member, Pipeline, Score, Source, TimelinePage } from './shapes'
import type { VersionedRecord } from './problem'

export type Tree = { field: string; op: string; value: unknown } | { all: Tree[] }
export type BoardQuery = { pipeline?: string | undefined; filter?: Tree | undefined; sort?: string | undefined }

const text = (filter: Tree | undefined) => (filter ? JSON.stringify(filter) : undefined)

/** The board: totals for the whole filter and the first cards of each stage. */
export function getBoard({ pipeline, filter, sort }: BoardQuery, signal?: AbortSignal): Promise<Board> {
  return call('GET', '/api/v1/board', { query: { pipeline, filter: text(filter), sort }, signal })
}

/** The next cards of one stage. */
export function getColumn(stage: string, { filter, sort }: BoardQuery, cursor: string, signal?: AbortSignal): Promise<ColumnPage> {
  return call('GET', `/api/v1/board/columns/${stage}`, { query: { cursor, filter: text(filter), sort }, signal })
}

export type ListQuery = { filter?: Tree | undefined; sort?: string | undefined; cursor?: string | undefined; view?: string | undefined; q?: string | undefined }

/** One page of the leads table, with the total. */
export function getLeads({ filter, ...query }: ListQuery, signal?: AbortSignal): Promise<LeadPage> {
  return call('GET', '/api/v1/leads', { query: { ...query, filter: text(filter), limit: 50 }, signal })
}

export type MoveIn = {
  stage_id: string
  version?: number | undefined
  won?: { value_minor?: number }
  lost?: { reason_id: string; note?: string; competitor?: string }
}

/** Moves a lead to another stage. */
export function moveLead(id: string, move: MoveIn, key: string): Promise<VersionedRecord> {
  return call('POST', `/api/v1/leads/${id}/moves`, { body: move, key })
}

/** Changes fields of a lead; refused with the current record when `version` is old. */
export function changeLead(id: string, change: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> {
  return call('PATCH', `/api/v1/leads/${id}`, { body: { ...change, version: version ?? undefined }, key })
}

/** Adds a lead; the same person with an open lead is joined to it. */
export function addLead(lead: Record<string, unknown>, key: string): Promise<VersionedRecord> {
  return call('POST', '/api/v1/leads', { body: lead, key })
}

/** Everything whose name, phone or mail matches. */
export function search(words: string, signal?: AbortSignal): Promise<{ items: Found[] }> {
  return call('GET', '/api/v1/search', { query: { q: words }, signal })
}

export const getPipelines = (): Promise<Pipeline[]> => call('GET', '/api/v1/pipelines')
export const getLossReasons = (): Promise<LossReason[]> => call('GET', '/api/v1/loss-reasons')
export const getSources = (): Promise<Source[]> => call('GET', '/api/v1/sources')
export const getMembers = (): Promise<Member[]> => call('GET', '/api/v1/members')

/** One lead with its contact, its stages and its clock. */
export function getLead(id: string, signal?: AbortSignal): Promise<Lead> {
  return call('GET', `/api/v1/leads/${id}`, { signal })
}

/** What happened to a lead, newest first. */
export function getTimeline(id: string, kinds: string | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<TimelinePage> {
  return call('GET', `/api/v1/leads/${id}/timeline`, { query: { kinds, cursor }, signal })
}

/** The score and how it came about. */
export function getScore(id: string, signal?: AbortSignal): Promise<Score> {
  return call('GET', `/api/v1/leads/${id}/score`, { signal })
}

/** How this person can be written to. */
export function getChannels(id: string, signal?: AbortSignal): Promise<LeadChannel[]> {
  return call('GET', `/api/v1/leads/${id}/channels`, { signal })
}

/** Writes a note into the timeline. */
export function addNote(id: string, note: { id: string; text: string }, key: string): Promise<unknown> {
  return call('POST', `/api/v1/leads/${id}/notes`, { body: note, key })
}

export type MessageIn = { id: string; channel: string; body?: string; template_id?: string; variables?: Record<string, string> }

/** Sends a message; a person's message stops the reply clock. */
export function sendMessage(id: string, message: MessageIn, key: string): Promise<unknown> {
  return call('POST', `/api/v1/leads/${id}/messages`, { body: message, key })
}

/** Gives a lead to somebody. */
export function assignLead(id: string, owner: string, key: string): Promise<unknown> {
  return call('POST', `/api/v1/leads/${id}/assignments`, { body: { owner_id: owner }, key })
}

/** Puts a lead into the trash. */
export function deleteLead(id: string, key: string): Promise<null> {
  return call('DELETE', `/api/v1/leads/${id}`, { key })
}

/** Takes a lead out of the trash. */
export function restoreLead(id: string, key: string): Promise<unknown> {
  return call('POST', `/api/v1/leads/${id}/restorations`, { key })
}
