import { api, bodyOf, once, set, type Shapes } from './client'

export type SpamFilter = Shapes['SpamFilterOut']
export type SpamMark = Shapes['SpamMarkOut']
export type SpamMarksPage = Shapes['SpamMarksPage']
export type SpamTrial = Shapes['SpamTrialOut']

/** What the filter of forms learns from, and how good it is. */
export const getSpamFilter = (): Promise<SpamFilter> => bodyOf(api.GET('/api/v1/form-spam'))
export const changeSpamFilter = (enabled: boolean, version: number, key: string): Promise<SpamFilter> =>
  bodyOf(api.PATCH('/api/v1/form-spam', { body: { enabled, version }, headers: once(key) }))
export const getSpamMarks = (cursor?: string): Promise<SpamMarksPage> => bodyOf(api.GET('/api/v1/form-spam/marks', { params: { query: set({ cursor, limit: 20 }) } }))
export const takeBackMark = (id: string, key: string): Promise<unknown> => bodyOf(api.DELETE('/api/v1/form-spam/marks/{mark_id}', { params: { path: { mark_id: id } }, headers: once(key) }))
/** What the filter says of a text. */
export const trySpam = (text: string, key: string): Promise<SpamTrial> => bodyOf(api.POST('/api/v1/form-spam/trials', { body: { text }, headers: once(key) }))
