import { call } from './http'
import type { VersionedRecord } from './problem'

export type TestStep = { name: string; ok: boolean; detail: string }
export type TestResult = { ok: boolean; steps: TestStep[] }

export type WhatsAppNumber = {
  id: string
  version: number
  name: string
  phone_number_id: string
  business_account_id: string
  display_phone: string
  api_version: string
  mode: 'sandbox' | 'live'
  webhook_url: string
  verify_token: string
  secrets_set: { app_secret: boolean; access_token: boolean }
  enabled: boolean
  /** Why sending has stopped; empty while it works. */
  stopped: string
  last_event_at: string | null
  last_error: string
}
export type Secrets = { app_secret?: string; access_token?: string; verify_token?: string }
export type NewNumber = { name: string; phone_number_id: string; business_account_id: string; display_phone: string } & Secrets

export type Template = {
  id: string
  version: number
  channel: string
  name: string
  language: string
  category: string
  body: string
  variables: string[]
  state: 'approved' | 'pending' | 'rejected' | 'paused' | 'disabled' | 'deleted'
  reason: string
}

export const getNumbers = (): Promise<WhatsAppNumber[]> => call('GET', '/api/v1/whatsapp/connections')

/** Connects a number with the credentials of the provider. */
export const addNumber = (body: NewNumber, key: string): Promise<WhatsAppNumber> => call('POST', '/api/v1/whatsapp/connections', { body, key })

export const changeNumber = (id: string, fields: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/whatsapp/connections/${id}`, { body: { ...fields, version }, key })

/** Tries the number: credentials, provider, templates. */
export const testNumber = (id: string): Promise<TestResult> => call('POST', `/api/v1/whatsapp/connections/${id}/tests`)

/** Asks for the templates of the provider; they arrive a moment later. */
export const syncTemplates = (id: string): Promise<null> => call('POST', `/api/v1/whatsapp/connections/${id}/template-syncs`)

export const getTemplates = (channel: string): Promise<Template[]> => call('GET', '/api/v1/templates', { query: { channel } })
