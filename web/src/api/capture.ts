import { api, bodyOf, once, set, type Shapes } from './client'
import type { VersionedRecord } from './problem'
import type { TestResult } from './whatsapp'

export const SUBMISSION_STATES = ['received', 'understood', 'ignored', 'quarantined', 'failed'] as const
export type SubmissionState = (typeof SUBMISSION_STATES)[number]
export type Submission = Shapes['SubmissionOut']
export type SubmissionPage = Shapes['SubmissionPage']
export type SubmissionDetail = Shapes['SubmissionDetail']
export type SubmissionQuery = { state?: string | undefined; channel?: string | undefined; cursor?: string | undefined }
export type Connection = Shapes['ConnectionOut']
export type Integration = Shapes['IntegrationOut']
export type Asked = Shapes['AskedOut']
export type NewConnection = { channel: string; name: string; settings: Record<string, unknown>; secrets: Record<string, string> }

const of = (id: string) => ({ path: { submission_id: id } })
const ofDoor = (id: string) => ({ path: { connection_id: id } })

/** Everything that came in, newest first. */
export const getSubmissions = (query: SubmissionQuery, signal?: AbortSignal): Promise<SubmissionPage> =>
  bodyOf(api.GET('/api/v1/submissions', { params: { query: set({ ...query, limit: 50 }) }, signal }))

export const getSubmission = (id: string): Promise<SubmissionDetail> => bodyOf(api.GET('/api/v1/submissions/{submission_id}', { params: of(id) }))

/** Tries to understand it again. */
export const retrySubmission = (id: string, key: string): Promise<SubmissionDetail> =>
  bodyOf(api.POST('/api/v1/submissions/{submission_id}/retries', { params: of(id), headers: once(key) }))

/** Tries all of one state again, up to a thousand. */
export const retryAll = (state: SubmissionState, key: string): Promise<{ queued: number }> =>
  bodyOf(api.POST('/api/v1/submissions/retries', { body: { state }, headers: once(key) }))

/** Puts it aside, or marks it as spam. */
export const dismissSubmission = (id: string, spam: boolean, key: string): Promise<SubmissionDetail> =>
  bodyOf(api.POST('/api/v1/submissions/{submission_id}/dismissals', { params: of(id), body: { spam }, headers: once(key) }))

export const getConnections = (): Promise<Connection[]> => bodyOf(api.GET('/api/v1/connections'))
export const addConnection = (body: NewConnection, key: string): Promise<Connection> => bodyOf(api.POST('/api/v1/connections', { body, headers: once(key) }))
export const changeConnection = (id: string, fields: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/connections/{connection_id}', { params: ofDoor(id), body: { ...fields, version }, headers: once(key) }))
export const removeConnection = (id: string, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/connections/{connection_id}', { params: ofDoor(id), headers: once(key) }))
export const testConnection = (id: string): Promise<TestResult> => bodyOf(api.POST('/api/v1/connections/{connection_id}/tests', { params: ofDoor(id) }))

/** The channels with a settings page of their own, and what their pages say. */
export const getIntegrations = (): Promise<Integration[]> => bodyOf(api.GET('/api/v1/integrations'))

/** Asks the platform for leads whose deliveries never came; they arrive a moment later. */
export const catchUp = (id: string, key: string): Promise<unknown> =>
  bodyOf(api.POST('/api/v1/connections/{connection_id}/catch-ups', { params: ofDoor(id), headers: once(key) }))
