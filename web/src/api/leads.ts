import { call } from './http'
import type { Board, ColumnPage, Found, LeadPage, LossReason, Member, Pipeline, Source } from './shapes'
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
