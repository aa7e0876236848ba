import { expect, test } from 'vitest'
import type { SavedView } from '@/api/views'
import { differs, fieldsOf, firstFor } from './shown'

const hot = { field: 'band', op: 'eq', value: 'hot' }
const view = { id: 'hot', filter: hot, sort: '-score', columns: ['name'], default_for: ['rep'] } as unknown as SavedView

test('a list differs from its view once filter, order or columns do', () => {
  expect(differs(view, { filter: hot, sort: '-score', columns: ['name'] })).toBe(false)
  expect(differs(view, { filter: undefined, sort: '-score' })).toBe(true)
  expect(differs(view, { filter: hot, columns: ['name', 'score'] })).toBe(true)
})

test('the order of keys, which no database keeps, is no difference', () => {
  expect(differs(view, { filter: { value: 'hot', op: 'eq', field: 'band' } })).toBe(false)
})

test('what a screen does not have stays as it is in the view', () => {
  expect(differs(view, { filter: hot })).toBe(false)
  expect(fieldsOf({ filter: undefined })).toEqual({ filter: {} })
})

test('a role begins with the view that was chosen for it', () => {
  expect(firstFor('rep', [view])).toBe(view)
  expect(firstFor('manager', [view])).toBeUndefined()
})
