import { IconAlarm, IconCalendarExclamation, IconCalendarOff, IconHourglassEmpty } from '@tabler/icons-react'
import type { Card } from '@/api/shapes'

/** What needs attention now, by the server's words for these lists. */
export const ATTENTION = ['overdue', 'at_risk', 'no_next', 'rotten'] as const
export type Attention = (typeof ATTENTION)[number]
export const ATTENTION_ICONS = { overdue: IconCalendarExclamation, at_risk: IconAlarm, no_next: IconCalendarOff, rotten: IconHourglassEmpty } as const

type Judged = Pick<Card, 'status' | 'next_step' | 'next_step_at' | 'sla' | 'rotten'>

/** Why a lead needs attention; nothing once it is closed. */
export function attentionOf(card: Judged, now: number): Attention[] {
  if (card.status !== 'open') return []
  const found: Attention[] = []
  if (card.next_step_at !== null && new Date(card.next_step_at).getTime() < now) found.push('overdue')
  if (card.sla === 'warn50' || card.sla === 'warn80' || card.sla === 'breached') found.push('at_risk')
  if (card.next_step === '' && card.next_step_at === null) found.push('no_next')
  if (card.rotten) found.push('rotten')
  return found
}
