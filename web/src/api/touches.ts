import { api, bodyOf, once } from './client'

export const OUTCOMES = {
  out: ['answered', 'interested', 'no_answer', 'busy', 'left_message', 'wrong_number'],
  in: ['answered', 'interested', 'no_answer', 'left_message'],
} as const
export const MEETING_OUTCOMES = ['held', 'planned', 'no_show', 'cancelled'] as const

export type CallDirection = keyof typeof OUTCOMES
export type CallOutcome = (typeof OUTCOMES)['out'][number]
export type CallIn = { direction: CallDirection; outcome: CallOutcome; started_at?: string; seconds?: number; text?: string }

export type MeetingOutcome = (typeof MEETING_OUTCOMES)[number]
export type MeetingIn = { starts_at: string; ends_at?: string; outcome: MeetingOutcome; text?: string }

/** Writes down a call that somebody made or took. */
export function addCall(lead: string, body: CallIn & { id: string }, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/calls', { params: { path: { lead_id: lead } }, body, headers: once(key) }))
}

/** Writes down a meeting, past or planned. */
export function addMeeting(lead: string, body: MeetingIn & { id: string }, key: string): Promise<unknown> {
  return bodyOf(api.POST('/api/v1/leads/{lead_id}/meetings', { params: { path: { lead_id: lead } }, body, headers: once(key) }))
}
