import { expect, test } from 'vitest'
import { filtersOf, linesOf, readWhere, treeOf, without } from './filters'

const rich = { field: 'value_minor', op: 'gte', value: 500_000 }
const hot = { field: 'band', op: 'eq', value: 'hot' }

test('what is chosen in the bar and what was built are asked for together', () => {
  expect(treeOf({ owner: 'rita', where: { any: [rich, hot] } })).toEqual({ all: [{ field: 'owner', op: 'eq', value: 'rita' }, { any: [rich, hot] }] })
  expect(treeOf({})).toBeUndefined()
})

test('an address that holds no filter is no filter', () => {
  for (const raw of [undefined, '', 'x', 7, [], {}, { all: 'no' }]) expect(readWhere(raw)).toBeUndefined()
  expect(readWhere({ all: [rich] })).toEqual({ all: [rich] })
})

test('conditions that must all hold are taken off one by one, others only together', () => {
  expect(linesOf({ all: [rich, hot] })).toEqual([rich, hot])
  expect(without({ all: [rich, hot] }, 0)).toEqual({ all: [hot] })
  expect(without(rich, 0)).toBeUndefined()
  expect(linesOf({ any: [rich, hot] })).toBeNull()
})

test('a saved tree comes back as the filters it was made of', () => {
  const filters = { owner: 'rita', source: 'referral', where: hot }
  expect(filtersOf(treeOf(filters) ?? {})).toEqual(filters)
  expect(filtersOf({})).toEqual({ owner: undefined, source: undefined, where: undefined })
  expect(filtersOf({ any: [hot] })).toEqual({ owner: undefined, source: undefined, where: { any: [hot] } })
})
