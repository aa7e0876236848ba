import { expect, test } from 'vitest'
import { reordered } from './order'

const rules = [
  { id: 'vip', position: 0 },
  { id: 'north', position: 0 },
  { id: 'rest', position: 100 },
]

test('a rule that moves up stands before its neighbour, even where both had the same place', () => {
  const places = new Map(rules.map((rule) => [rule.id, rule.position]))
  for (const { rule, position } of reordered(rules, 'north', -1)) places.set(rule.id, position)
  expect([...places].toSorted((one, other) => one[1] - other[1]).map(([id]) => id)).toEqual(['north', 'vip', 'rest'])
})

test('rules that stay where they are are not written', () => {
  const tidy = [
    { id: 'a', position: 0 },
    { id: 'b', position: 10 },
    { id: 'c', position: 20 },
  ]
  expect(reordered(tidy, 'c', -1).map(({ rule, position }) => [rule.id, position])).toEqual([
    ['c', 10],
    ['b', 20],
  ])
})

test('the first does not move up', () => {
  expect(reordered(rules, 'vip', -1)).toEqual([])
})
