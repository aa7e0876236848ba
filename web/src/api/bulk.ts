import { api, bodyOf, once, type Shapes } from './client'

export type BulkEdit = Shapes['BulkEditOut']
export type BulkChange = { action: 'assign' | 'move' | 'tag' | 'set' | 'delete'; values: Record<string, unknown> }
/** These records, or all that the list with this query shows. */
export type BulkChoice = { record_ids: string[] } | { listed: Record<string, unknown> }

const of = (id: string) => ({ path: { edit_id: id } })

/** Starts to change many leads; the same id twice is one bulk edit. */
export const addBulkEdit = (change: BulkChange, choice: BulkChoice, id: string): Promise<BulkEdit> =>
  bodyOf(api.POST('/api/v1/bulk-edits', { body: { id, object: 'lead', quiet: true, ...change, ...choice }, headers: once(id) }))
export const getBulkEdit = (id: string, signal?: AbortSignal): Promise<BulkEdit> => bodyOf(api.GET('/api/v1/bulk-edits/{edit_id}', { params: of(id), ...(signal && { signal }) }))
export const cancelBulkEdit = (id: string, key: string): Promise<BulkEdit> =>
  bodyOf(api.POST('/api/v1/bulk-edits/{edit_id}/cancellations', { params: of(id), headers: once(key) }))
export const undoBulkEdit = (id: string, key: string): Promise<BulkEdit> => bodyOf(api.POST('/api/v1/bulk-edits/{edit_id}/undos', { params: of(id), headers: once(key) }))
