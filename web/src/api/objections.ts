import { api, bodyOf, once, type Shapes } from './client'

export type Objection = Shapes['ObjectionOut']
export type ObjectionKind = Shapes['ObjectionKind']

const ofLead = (id: string) => ({ path: { lead_id: id } })

/** What was said against buying, newest first. */
export const getObjections = (lead: string, signal?: AbortSignal): Promise<Objection[]> =>
  bodyOf(api.GET('/api/v1/leads/{lead_id}/objections', { params: ofLead(lead), ...(signal && { signal }) }))

export const addObjection = (lead: string, kind: string, key: string): Promise<Objection> =>
  bodyOf(api.POST('/api/v1/leads/{lead_id}/objections', { params: ofLead(lead), body: { id: key, kind, answer: '', outcome: 'open' }, headers: once(key) }))

/** Says what was answered and what became of it. */
export const changeObjection = ({ id, version }: Objection, change: Partial<Pick<Objection, 'kind' | 'answer' | 'outcome'>>, key: string): Promise<Objection> =>
  bodyOf(api.PATCH('/api/v1/objections/{objection_id}', { params: { path: { objection_id: id } }, body: { ...change, version }, headers: once(key) }))

/** Every kind of objection with its win rate, the best first. */
export const getObjectionKinds = (): Promise<ObjectionKind[]> => bodyOf(api.GET('/api/v1/objection-kinds'))
