import { expect, test } from 'vitest'
import type { FormField } from '@/api/forms'
import { keyFor, swapped, troubleWith, without } from './formFields'

const field = (key: string, more: Partial<FormField> = {}): FormField => ({ key, label: key, type: 'text', required: false, choices: [], placeholder: '', show_if: null, later: false, ...more })

test('a field of its own is stored under its label', () => {
  expect(keyFor('How many units?', [])).toBe('how_many_units')
  expect(keyFor('Units', ['units', 'units_2'])).toBe('units_3')
  expect(keyFor('כמה יחידות', [])).toBe('field')
  expect(keyFor('2nd choice', [])).toBe('nd_choice')
})

test('a form that nobody could answer is not saved', () => {
  expect(troubleWith([field('name')])).toEqual({ kind: 'reach', key: '' })
  expect(troubleWith([field('phone'), field('colour', { type: 'choice' })])).toEqual({ kind: 'choices', key: 'colour' })
  expect(troubleWith([field('email'), field('email')])).toEqual({ kind: 'twice', key: 'email' })
  expect(troubleWith([field('email')])).toBeUndefined()
})

test('a field that goes takes the conditions with it that asked for it', () => {
  const rest = without([field('kind'), field('size', { show_if: { field: 'kind', equals: 'big' } })], 'kind')
  expect(rest).toEqual([field('size')])
})

test('neighbours change places', () => {
  expect(swapped([field('a'), field('b'), field('c')], 1, -1).map(({ key }) => key)).toEqual(['b', 'a', 'c'])
})
