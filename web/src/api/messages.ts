import { api, bodyOf, once, set, type Shapes } from './client'

export type Message = Shapes['MessageOut']
export type MessagePage = Shapes['MessagePage']

/** What was sent or is to be sent, newest first; several states are joined by commas. */
export const getOutbox = (state: string | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<MessagePage> =>
  bodyOf(api.GET('/api/v1/messages', { params: { query: set({ state, cursor, limit: 50 }) }, signal }))

/** Sends a failed message again; an uncertain one only when the person accepts that it may arrive twice. */
export const retryMessage = (id: string, although_uncertain: boolean, key: string): Promise<Message> =>
  bodyOf(api.POST('/api/v1/messages/{message_id}/retries', { params: { path: { message_id: id } }, body: { although_uncertain }, headers: once(key) }))
