import { call } from './http'
import type { VersionedRecord } from './problem'

export const FIELD_KINDS = ['text', 'long_text', 'email', 'phone', 'number', 'choice', 'multi_choice', 'bool', 'date', 'url', 'hidden'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]
export type FormField = {
  key: string
  label: string
  type: FieldKind
  required: boolean
  choices: string[]
  placeholder: string
  show_if: { field: string; equals: string } | null
}
export type FormKind = 'landing' | 'newsletter' | 'quote'
export type Form = {
  id: string
  version: number
  name: string
  enabled: boolean
  title: string
  intro: string
  fields: FormField[]
  button: string
  thank_you: string
  consent_text: string
  consent_required: boolean
  redirect_hosts: string[]
  allowed_origins: string[]
  source: string
  campaign: string
  kind: FormKind
  language: string
  created_at: string
  last_event_at: string | null
  public_url: string
  embed_html: string
  iframe_html: string
  submissions: number
}
export type NewForm = Pick<Form, 'name' | 'title' | 'fields' | 'language'> & { id: string }

export const getForms = (): Promise<Form[]> => call('GET', '/api/v1/forms')
export const getForm = (id: string): Promise<Form> => call('GET', `/api/v1/forms/${id}`)
export const addForm = (body: NewForm, key: string): Promise<Form> => call('POST', '/api/v1/forms', { body, key })
export const changeForm = (id: string, fields: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/forms/${id}`, { body: { ...fields, version }, key })
export const removeForm = (id: string, key: string): Promise<null> => call('DELETE', `/api/v1/forms/${id}`, { key })
