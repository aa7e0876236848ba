import { api, bodyOf, once, set, type Shapes } from './client'
import type { Tree } from './filters'
import type { VersionedRecord } from './problem'
import type { Assignment, Band, Board, ColumnPage, Found, Lead, LeadChannel, LeadPage, LossReason, Member, Pipeline, Score, Source, TimelinePage } from './shapes'

export type { Tree }
export type BoardQuery = { pipeline?: string | undefined; view?: string | undefined; filter?: Tree | undefined; sort?: string | undefined }

const text = (filter: Tree | undefined) => (filter ? JSON.stringify(filter) : undefined)
const ofLead = (id: string) => ({ path: { lead_id: id } })

/** The board: totals for the whole filter and the first cards of each stage. */
export function getBoard({ pipeline, view, filter, sort }: BoardQuery, signal?: AbortSignal): Promise<Board> {
  return bodyOf(api.GET('/api/v1/board', { params: { query: set({ pipeline, view, filter: text(filter), sort }) }, signal }))
}

/** The next cards of one stage. */
export function getColumn(stage: string, { view, filter, sort }: BoardQuery, cursor: string, signal?: AbortSignal): Promise<ColumnPage> {
  const params = { path: { stage_id: stage }, query: set({ cursor, view, filter: text(filter), sort }) }
  return bodyOf(api.GET('/api/v1/board/columns/{stage_id}', { params, signal }))
}

export type MoneyOf = Shapes['MoneyOf']

/** The open money of a pipeline by stage and by owner. */
export const getMoney = (pipeline: string | undefined, signal?: AbortSignal): Promise<Shapes['MoneyOut']> =>
  bodyOf(api.GET('/api/v1/board/money', { params: { query: set({ pipeline }) }, ...(signal && { signal }) }))

export type ListQuery = { filter?: Tree | undefined; sort?: string | undefined; cursor?: string | undefined; view?: string | undefined; kind?: Shapes['Kind'] | undefined; q?: string | undefined }

/** One page of the leads table; the first one with the total. */
export function getLeads({ filter, ...query }: ListQuery, signal?: AbortSignal): Promise<LeadPage> {
  return bodyOf(api.GET('/api/v1/leads', { params: { query: set({ ...query, filter: text(filter), limit: 50 }) }, signal }))
}

export type MoveIn = Shapes['MoveIn']

/** Moves a lead to another stage. */
export function moveLead(id: string, body: MoveIn, key: string): Promise<VersionedRecord> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/moves', { params: ofLead(id), body, headers: once(key) }))
}

/** Changes fields of a lead; refused with the current record when `version` is old. */
export function changeLead(id: string, change: Shapes['LeadIn'], version: number | null, key: string): Promise<VersionedRecord> {
  return bodyOf(api.PATCH('/api/v1/leads/{lead_id}', { params: ofLead(id), body: { ...change, version }, headers: once(key) }))
}

export type CapturedLead = Shapes['CapturedLead']

/** Adds a lead; the same person with an open lead is joined to it, which the answer says. */
export function addLead(body: Shapes['NewLead'], key: string): Promise<CapturedLead> {
  return bodyOf(api.POST('/api/v1/leads', { body, headers: once(key) }))
}

/** Everything whose name, phone or mail matches. */
export function search(words: string, signal?: AbortSignal): Promise<{ items: Found[] }> {
  return bodyOf(api.GET('/api/v1/search', { params: { query: { q: words } }, signal }))
}

export const getPipelines = (): Promise<Pipeline[]> => bodyOf(api.GET('/api/v1/pipelines'))
export const getLossReasons = (): Promise<LossReason[]> => bodyOf(api.GET('/api/v1/loss-reasons'))
export const getSources = (): Promise<Source[]> => bodyOf(api.GET('/api/v1/sources'))
export const getMembers = (): Promise<Member[]> => bodyOf(api.GET('/api/v1/members'))

/** One lead with its contact, its stages and its clock. */
export function getLead(id: string, signal?: AbortSignal): Promise<Lead> {
  return bodyOf(api.GET('/api/v1/leads/{lead_id}', { params: ofLead(id), signal }))
}

/** What happened to a lead, newest first. */
export function getTimeline(id: string, kinds: string | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<TimelinePage> {
  return bodyOf(api.GET('/api/v1/leads/{lead_id}/timeline', { params: { ...ofLead(id), query: set({ kinds, cursor }) }, signal }))
}

/** The score and how it came about. */
export function getScore(id: string, signal?: AbortSignal): Promise<Score> {
  return bodyOf(api.GET('/api/v1/leads/{lead_id}/score', { params: ofLead(id), signal }))
}

/** Sets how promising a lead is by hand; no band lets the score decide again. */
export function setBand(id: string, band: Band | null, reason: string, key: string): Promise<Score> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/bands', { params: ofLead(id), body: { band, reason }, headers: once(key) }))
}

/** Who has the lead, why, and whom the rules would give it to now. */
export function getAssignment(id: string, signal?: AbortSignal): Promise<Assignment> {
  return bodyOf(api.GET('/api/v1/leads/{lead_id}/assignment', { params: ofLead(id), signal }))
}

/** How this person can be written to. */
export function getChannels(id: string, signal?: AbortSignal): Promise<LeadChannel[]> {
  return bodyOf(api.GET('/api/v1/leads/{lead_id}/channels', { params: ofLead(id), signal }))
}

/** Writes a note into the timeline. */
export function addNote(id: string, body: Shapes['NoteIn'], key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/notes', { params: ofLead(id), body, headers: once(key) }))
}

export type MessageIn = Shapes['MessageIn']

/** Sends a message; a person's message stops the reply clock. */
export function sendMessage(id: string, body: MessageIn, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/messages', { params: ofLead(id), body, headers: once(key) }))
}

/** Remembers that this member has seen the messages of a lead. */
export function readMessages(id: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/message-reads', { params: ofLead(id) }))
}

/** Gives a lead to somebody. */
export function assignLead(id: string, owner: string, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/assignments', { params: ofLead(id), body: { owner_id: owner }, headers: once(key) }))
}

/** Gives a lead that nobody has answered to whoever the rules choose beside its owner. */
export function passLeadOn(id: string, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/reassignments', { params: ofLead(id), headers: once(key) }))
}

/** Takes a lead out of the queue of a team; refused for who comes second. */
export function claimLead(id: string, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/claims', { params: ofLead(id), headers: once(key) }))
}

/** Takes a lead off the board as spam. */
export function markSpam(id: string, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/spam-marks', { params: ofLead(id), headers: once(key) }))
}

/** Puts a lead into the trash. */
export function deleteLead(id: string, key: string): Promise<unknown> {
  return bodyOf(api.DELETE('/api/v1/leads/{lead_id}', { params: ofLead(id), headers: once(key) }))
}

/** Takes a lead out of the trash. */
export function restoreLead(id: string, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/restorations', { params: ofLead(id), headers: once(key) }))
}
