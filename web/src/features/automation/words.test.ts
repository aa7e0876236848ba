import { expect, test } from 'vitest'
import type { OfferedField } from '@/api/automations'
import { factsOf, spanWords, valueWords } from './words'

const stage: OfferedField = { key: 'stage', type: 'stage', label: 'Stage', required: true, choices: [] }

test('a length of time is said in the language', () => {
  expect([spanWords('2h', 'en'), spanWords('1d', 'en'), spanWords('soon', 'en')]).toEqual(['2 hours', '1 day', 'soon'])
})

test('an id is said by its name, and a text as it is', () => {
  const choicesOf = () => [{ value: 'q', label: 'Quote sent' }]
  expect(valueWords(stage, 'q', choicesOf)).toBe('Quote sent')
  expect(valueWords({ ...stage, type: 'text' }, 'Hello', () => [])).toBe('Hello')
  expect(valueWords(stage, ['q', 'x'], choicesOf)).toBe('Quote sent, x')
})

test('a step is told by the names of its parameters, without ids', () => {
  const offer = { key: 'lead.move', label: 'Move', kind: 'action', subjects: ['lead'], fields: [stage] }
  const values = { stage: 'q', message_id: '01a2141a-a99a-719f-a0f2-2d4dbc5ee955', told: ['Ola', 'Rita'], by: [], at: '2026-01-07T10:00:00Z' }
  expect(factsOf(offer, values, () => [{ value: 'q', label: 'Quote sent' }])).toBe('Stage: Quote sent · Ola, Rita')
})
