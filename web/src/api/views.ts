import { api, bodyOf, once, type Shapes } from './client'

export type SavedView = Shapes['ViewOut']
export type ViewIn = Shapes['ViewIn']
export type ViewChange = Omit<Shapes['ViewChangeIn'], 'version'>

const ofView = (id: string) => ({ path: { view_id: id } })

/** The saved views of an object that this member may use. */
export const getViews = (object: string): Promise<SavedView[]> => bodyOf(api.GET('/api/v1/views', { params: { query: { object } } }))

export const saveView = (body: ViewIn, key: string): Promise<SavedView> => bodyOf(api.POST('/api/v1/views', { body, headers: once(key) }))

/** Changes a view; refused with the current one when `version` is old. */
export const changeView = (id: string, change: ViewChange, version: number, key: string): Promise<SavedView> =>
  bodyOf(api.PATCH('/api/v1/views/{view_id}', { params: ofView(id), body: { ...change, version }, headers: once(key) }))

export const deleteView = (id: string, key: string): Promise<unknown> => bodyOf(api.DELETE('/api/v1/views/{view_id}', { params: ofView(id), headers: once(key) }))
