import { api, bodyOf, once, type Shapes } from './client'
import type { VersionedRecord } from './problem'

export const FIELD_KINDS = ['text', 'long_text', 'email', 'phone', 'number', 'choice', 'multi_choice', 'bool', 'date', 'url', 'hidden'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]
/** A field as the server gives it: whole. */
export type FormField = Required<Omit<Shapes['FormField'], 'show_if'>> & { show_if?: Shapes['ShowIf'] | null }
export type Form = Required<Omit<Shapes['FormOut'], 'fields'>> & { fields: FormField[] }
export type NewForm = Shapes['FormIn']

const of = (id: string) => ({ path: { form_id: id } })

export const getForms = (): Promise<Form[]> => bodyOf(api.GET('/api/v1/forms')) as Promise<Form[]>
export const getForm = (id: string): Promise<Form> => bodyOf(api.GET('/api/v1/forms/{form_id}', { params: of(id) })) as Promise<Form>
export const addForm = (body: NewForm, key: string): Promise<unknown> => bodyOf(api.POST('/api/v1/forms', { body, headers: once(key) }))
export const changeForm = (id: string, fields: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/forms/{form_id}', { params: of(id), body: { ...fields, version }, headers: once(key) }))
export const removeForm = (id: string, key: string): Promise<unknown> => bodyOf(api.DELETE('/api/v1/forms/{form_id}', { params: of(id), headers: once(key) }))

/** What a form tool sent, field by field, and where each answer goes. */
export type Sample = Shapes['SampleOut']
export type SampleField = Shapes['SampleFieldOut']
const ofHook = (id: string) => ({ path: { connection_id: id } })

/** What came through the door last. */
export const getSample = (id: string): Promise<Sample> => bodyOf(api.GET('/api/v1/form-hooks/{connection_id}/sample', { params: ofHook(id) }))
/** Where the answers of a pasted delivery would go; nothing is kept. */
export const trySample = (id: string, body: string, key: string): Promise<Sample> =>
  bodyOf(api.POST('/api/v1/form-hooks/{connection_id}/sample', { params: ofHook(id), body: { body }, headers: once(key) }))
