import { call } from './http'
import type { VersionedRecord } from './problem'
import type { TestResult } from './whatsapp'

export const SUBMISSION_STATES = ['received', 'understood', 'ignored', 'quarantined', 'failed'] as const
export type SubmissionState = (typeof SUBMISSION_STATES)[number]
export type Submission = {
  id: string
  version: number
  channel: string
  connection_id: string | null
  connection_name: string
  natural_key: string
  received_at: string
  state: SubmissionState
  reason: string
  spam: boolean
  attempts: number
  lead_id: string | null
  contact_id: string | null
  next_try_at: string | null
}
export type SubmissionPage = { items: Submission[]; next_cursor: string | null; total: number | null; counts: Record<SubmissionState, number> }
export type SubmissionDetail = Submission & {
  body: string
  size: number
  content_type: string
  headers: Record<string, string>
  result: Record<string, unknown>
}
export type SubmissionQuery = { state?: string | undefined; channel?: string | undefined; connection_id?: string | undefined; cursor?: string | undefined }

export type Connection = {
  id: string
  version: number
  channel: string
  label: string
  name: string
  enabled: boolean
  state: 'off' | 'error' | 'ok' | 'waiting'
  last_event_at: string | null
  last_error: string
  settings: Record<string, unknown>
  secrets_set: Record<string, boolean>
  url: string
}

/** Everything that came in, newest first. */
export const getSubmissions = (query: SubmissionQuery, signal?: AbortSignal): Promise<SubmissionPage> =>
  call('GET', '/api/v1/submissions', { query: { ...query, limit: 50 }, signal })

export const getSubmission = (id: string): Promise<SubmissionDetail> => call('GET', `/api/v1/submissions/${id}`)

/** Tries to understand it again. */
export const retrySubmission = (id: string, key: string): Promise<SubmissionDetail> => call('POST', `/api/v1/submissions/${id}/retries`, { key })

/** Tries all of one state again, up to a thousand. */
export const retryAll = (state: SubmissionState, key: string): Promise<{ queued: number }> => call('POST', '/api/v1/submissions/retries', { body: { state }, key })

/** Puts it aside, or marks it as spam. */
export const dismissSubmission = (id: string, spam: boolean, key: string): Promise<SubmissionDetail> =>
  call('POST', `/api/v1/submissions/${id}/dismissals`, { body: { spam }, key })

export const getConnections = (): Promise<Connection[]> => call('GET', '/api/v1/connections')
export const addConnection = (body: { channel: string; name: string; secrets: Record<string, string> }, key: string): Promise<Connection> =>
  call('POST', '/api/v1/connections', { body, key })
export const changeConnection = (id: string, fields: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/connections/${id}`, { body: { ...fields, version }, key })
export const removeConnection = (id: string, key: string): Promise<null> => call('DELETE', `/api/v1/connections/${id}`, { key })
export const testConnection = (id: string): Promise<TestResult> => call('POST', `/api/v1/connections/${id}/tests`)
