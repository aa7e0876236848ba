import { expect, test } from 'vitest'
import { beside, placeOf, stepTo } from './order'

const ids = ['new', 'contact', 'quote']

test('a step ends beyond the neighbour at once, and at its place for the server', () => {
  const up = stepTo(ids, 'quote', -1) ?? NaN
  const down = stepTo(ids, 'new', 1) ?? NaN
  expect(up).toBeLessThan(1)
  expect(down).toBeGreaterThan(1)
  expect([placeOf({ position: up }), placeOf({ position: down })]).toEqual([{ position: 1 }, { position: 1 }])
})

test('there is no step beyond the ends', () => {
  expect([stepTo(ids, 'new', -1), stepTo(ids, 'quote', 1), stepTo(ids, 'gone', 1)]).toEqual([undefined, undefined, undefined])
})

test('what is dropped on another takes its place, from either side', () => {
  expect(placeOf({ position: beside(ids, 'new', 'quote') })).toEqual({ position: 2 })
  expect(placeOf({ position: beside(ids, 'quote', 'new') })).toEqual({ position: 0 })
})
