import { expect, test } from 'vitest'
import { attentionOf } from './attention'

const calm = { status: 'open', next_step: 'Call', next_step_at: '2026-01-08T10:00:00Z', sla: 'met', rotten: false } as const
const now = Date.parse('2026-01-07T10:00:00Z')

test('a lead with a next step, an answer and time left needs no attention', () => {
  expect(attentionOf(calm, now)).toEqual([])
})

test('each trouble has its sign, and a closed lead has none', () => {
  const bad = { ...calm, next_step: '', next_step_at: null, sla: 'breached', rotten: true } as const
  expect(attentionOf({ ...calm, next_step_at: '2026-01-07T09:00:00Z' }, now)).toEqual(['overdue'])
  expect(attentionOf(bad, now)).toEqual(['at_risk', 'no_next', 'rotten'])
  expect(attentionOf({ ...bad, status: 'won' }, now)).toEqual([])
})
