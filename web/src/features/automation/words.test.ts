import { expect, test } from 'vitest'
import type { OfferedField } from '@/api/automations'
import { spanWords, valueWords } from './words'

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
