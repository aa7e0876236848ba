import { expect, test } from 'vitest'
import type { Field } from '@/api/filters'
import { draftValue, readValue, shownValue } from './values'

const field = (type: Field['type'], choices: Field['choices'] = []): Field => ({ id: 'f', version: 1, key: 'custom.x', type, label: 'X', choices, filterable: true, sortable: false, writable: true, importable: true, custom: true, required: false, formula: '', of: '', ops: [] })
const words = { language: 'en', currency: 'ILS', yes: 'Yes', no: 'No' }
const roofs = [
  { value: 'flat', label: 'Flat roof', colour: '' },
  { value: 'tile', label: 'Tiles', colour: '' },
]

test('what is edited is what was shown, in every type', () => {
  const cases: [Field, unknown][] = [
    [field('number'), 120.5],
    [field('money'), 1_850_000],
    [field('bool'), true],
    [field('choice', roofs), 'tile'],
    [field('multi_choice', roofs), ['flat', 'tile']],
    [field('date'), '2026-03-01'],
    [field('datetime'), '2026-03-01T09:00:00.000Z'],
  ]
  for (const [one, value] of cases) expect(readValue(one, draftValue(one, value, 'ILS'), 'ILS')).toEqual(value)
})

test('choices are shown by their names', () => {
  expect(shownValue(field('choice', roofs), 'tile', words)).toBe('Tiles')
  expect(shownValue(field('multi_choice', roofs), ['flat', 'tile'], words)).toBe('Flat roof, Tiles')
})

test('an empty field takes the value away, and letters are no number', () => {
  expect(readValue(field('text'), '  ', 'ILS')).toBeNull()
  expect(readValue(field('number'), 'many', 'ILS')).toBeUndefined()
})
