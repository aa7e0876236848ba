import { call } from './http'
import type { MessageState } from './shapes'

export type Message = {
  id: string
  version: number
  lead_id: string | null
  lead_name: string
  contact_id: string
  channel: string
  direction: 'in' | 'out'
  kind: string
  body: string
  template: string
  state: MessageState
  error_code: string
  error_text: string
  automatic: boolean
  cause: string
  actor_name: string
  attempts: number
  at: string
  try_at: string | null
  sent_at: string | null
  delivered_at: string | null
  read_at: string | null
}
export type MessagePage = { items: Message[]; next_cursor: string | null }

/** What was sent or is to be sent, newest first; several states are joined by commas. */
export const getOutbox = (state: string | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<MessagePage> =>
  call('GET', '/api/v1/messages', { query: { state, cursor, limit: 50 }, signal })

/** Sends a failed message again; an uncertain one only when the person accepts that it may arrive twice. */
export const retryMessage = (id: string, although_uncertain: boolean, key: string): Promise<Message> =>
  call('POST', `/api/v1/messages/${id}/retries`, { body: { although_uncertain }, key })
