import { call } from './http'
import type { VersionedRecord } from './problem'
import type { Stage } from './shapes'

export type VersionedStage = Stage & { version: number }
export type VersionedPipeline = { id: string; version: number; name: string; position: number; is_default: boolean; stages: VersionedStage[] }
export type VersionedReason = { id: string; version: number; name: string; position: number }
type Fields = Record<string, unknown>

export const getVersionedPipelines = (): Promise<VersionedPipeline[]> => call('GET', '/api/v1/pipelines')
export const changePipeline = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/pipelines/${id}`, { body: { ...fields, version }, key })

export const addStage = (body: { pipeline_id: string; name: string; position: number; colour: string; probability: number; kind: string }, key: string): Promise<VersionedStage> =>
  call('POST', '/api/v1/stages', { body, key })
export const changeStage = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/stages/${id}`, { body: { ...fields, version }, key })

/** Removes a stage; its leads go to the other one. */
export const removeStage = (id: string, to: string | undefined, key: string): Promise<null> => call('DELETE', `/api/v1/stages/${id}`, { query: { to }, key })

export const getReasons = (): Promise<VersionedReason[]> => call('GET', '/api/v1/loss-reasons')
export const addReason = (name: string, position: number, key: string): Promise<VersionedReason> => call('POST', '/api/v1/loss-reasons', { body: { name, position }, key })
export const changeReason = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/loss-reasons/${id}`, { body: { ...fields, version }, key })
