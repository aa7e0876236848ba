import { api, bodyOf, once, set, type Shapes } from './client'
import type { VersionedRecord } from './problem'

export type SetUpStage = Shapes['StageOut']
export type SetUpReason = Shapes['LossReasonOut']
export type NewStage = { pipeline_id: string; name: string; position: number; colour: string; probability: number; kind: 'open' | 'won' | 'lost' }
type Fields = Record<string, unknown>

const ofStage = (id: string) => ({ path: { stage_id: id } })

export const changePipeline = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/pipelines/{pipeline_id}', { params: { path: { pipeline_id: id } }, body: { ...fields, version }, headers: once(key) }))

export const addPipeline = (name: string, key: string): Promise<unknown> => bodyOf(api.POST('/api/v1/pipelines', { body: { name }, headers: once(key) }))

/** Removes a pipeline; its leads go to the stage of another one. */
export const removePipeline = (id: string, to: string | undefined, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/pipelines/{pipeline_id}', { params: { path: { pipeline_id: id }, query: set({ to }) }, headers: once(key) }))

export const addStage = (body: NewStage, key: string): Promise<unknown> => bodyOf(api.POST('/api/v1/stages', { body, headers: once(key) }))
export const changeStage = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/stages/{stage_id}', { params: ofStage(id), body: { ...fields, version }, headers: once(key) }))

/** Removes a stage; its leads go to the other one. */
export const removeStage = (id: string, to: string | undefined, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/stages/{stage_id}', { params: { ...ofStage(id), query: set({ to }) }, headers: once(key) }))

export const addReason = (name: string, key: string): Promise<unknown> => bodyOf(api.POST('/api/v1/loss-reasons', { body: { name }, headers: once(key) }))
export const changeReason = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/loss-reasons/{reason_id}', { params: { path: { reason_id: id } }, body: { ...fields, version }, headers: once(key) }))
