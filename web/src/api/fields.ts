import { api, bodyOf, once, type Shapes } from './client'
import type { Choice, Field, FieldType } from './filters'

export const FIELD_TYPES = ['text', 'long_text', 'number', 'money', 'date', 'datetime', 'bool', 'choice', 'multi_choice', 'member', 'phone', 'email', 'url', 'tags'] as const satisfies readonly FieldType[]
export const OBJECTS = ['lead', 'contact', 'company', 'customer'] as const
/** What may come out of a formula. */
export const COMPUTED_TYPES = ['number', 'money', 'text', 'bool', 'date'] as const satisfies readonly FieldType[]
export type FieldsOf = (typeof OBJECTS)[number]
export type OwnField = { label: string; type: (typeof FIELD_TYPES)[number] | 'file'; choices: Choice[]; required: boolean; formula: string }

const ofField = (id: string) => ({ path: { field_id: id } })

export const addField = (object: FieldsOf, field: OwnField, key: string): Promise<Field> =>
  bodyOf(api.POST('/api/v1/fields', { body: { id: key, object, ...field }, headers: once(key) }))

/** Changes a field; kind and key stay for ever. */
export const changeField = (id: string, change: Omit<Shapes['FieldChangeIn'], 'version'>, version: number | null, key: string): Promise<unknown> =>
  bodyOf(api.PATCH('/api/v1/fields/{field_id}', { params: ofField(id), body: { ...change, version }, headers: once(key) }))

/** Takes a field away; its values are kept. */
export const removeField = (id: string, key: string): Promise<unknown> => bodyOf(api.DELETE('/api/v1/fields/{field_id}', { params: ofField(id), headers: once(key) }))
