import { api, bodyOf, once, type Shapes } from './client'
import type { VersionedRecord } from './problem'

export type TestResult = Shapes['TestOut']
export type WhatsAppNumber = Shapes['NumberOut']
export type Secrets = { app_secret?: string; access_token?: string; verify_token?: string }
export type NewNumber = { name: string; phone_number_id: string; business_account_id: string; display_phone: string } & Secrets
export type Template = Shapes['TemplateOut']

const of = (id: string) => ({ path: { connection_id: id } })

export const getNumbers = (): Promise<WhatsAppNumber[]> => bodyOf(api.GET('/api/v1/whatsapp/connections'))

/** Connects a number with the credentials of the provider. */
export const addNumber = (body: NewNumber, key: string): Promise<WhatsAppNumber> =>
  bodyOf(api.POST('/api/v1/whatsapp/connections', { body, headers: once(key) }))

export const changeNumber = (id: string, fields: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/whatsapp/connections/{connection_id}', { params: of(id), body: { ...fields, version: version ?? 0 }, headers: once(key) }))

/** Tries the number: credentials, provider, templates. */
export const testNumber = (id: string): Promise<TestResult> =>
  bodyOf(api.POST('/api/v1/whatsapp/connections/{connection_id}/tests', { params: of(id) }))

/** Asks for the templates of the provider; they arrive a moment later. */
export const syncTemplates = (id: string): Promise<unknown> =>
  bodyOf(api.POST('/api/v1/whatsapp/connections/{connection_id}/template-syncs', { params: of(id) }))

export const getTemplates = (channel: string): Promise<Template[]> => bodyOf(api.GET('/api/v1/templates', { params: { query: { channel } } }))
