import { expect, test, vi } from 'vitest'
import { paintAll, type Operation } from './operation'
import { changeOf, paintRecord, registerRecord, removalOf } from './records'

const north = { id: 'north', version: 2, name: 'North', members: 3 }
const south = { id: 'south', version: 1, name: 'South', members: 1 }

test('a changed record shows its new fields in lists, pages and alone', () => {
  expect(paintRecord([north, south], 'north', { name: 'Far north' })).toEqual([{ ...north, name: 'Far north' }, south])
  expect(paintRecord({ items: [north], total: 1 }, 'north', { members: 4 })).toEqual({ items: [{ ...north, members: 4 }], total: 1 })
  expect(paintRecord(north, 'north', { members: 4 })).toEqual({ ...north, members: 4 })
})

test('a reference that only names the record is left alone', () => {
  const rita = { id: 'rita', version: 1, teams: [{ id: 'north', name: 'North' }] }
  expect(paintRecord(rita, 'north', { members: 4 })).toBe(rita)
})

test('data that does not show the record stays the same object', () => {
  const page = { items: [south] }
  expect(paintRecord(page, 'north', { name: 'x' })).toBe(page)
  expect(paintRecord(page, 'north', null)).toBe(page)
})

test('a removed record leaves the lists', () => {
  expect(paintRecord({ rules: [north, south] }, 'north', null)).toEqual({ rules: [south] })
})

test('only the queries that may show the record are painted', () => {
  registerRecord('test.team', { change: vi.fn(), remove: vi.fn(), touches: [['teams']] })
  const made: Operation = { ...changeOf('test.team', north, { name: 'Far north' }), id: '1', at: 1, state: 'waiting', attempts: 0 }
  const gone: Operation = { ...removalOf('test.team', south), id: '2', at: 2, state: 'waiting', attempts: 0 }
  expect(made.seen).toEqual({ name: 'North' })
  expect(paintAll(['teams', 'list'], [north, south], [made, gone])).toEqual([{ ...north, name: 'Far north' }])
  expect(paintAll(['leads'], [north, south], [made, gone])).toEqual([north, south])
})
