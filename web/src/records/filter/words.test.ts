import { expect, test } from 'vitest'
import type { Field } from '@/api/filters'
import { describe as say } from './words'

const fields = [
  { key: 'source', label: 'Source', type: 'choice', choices: [{ value: 'whatsapp', label: 'WhatsApp', colour: '' }] },
  { key: 'value_minor', label: 'Value', type: 'money', choices: [] },
] as unknown as Field[]
const words = { op: (op: string) => ({ eq: 'is', gte: 'at least', is_empty: 'is empty' })[op] ?? op, all: 'and', any: 'or', not: 'not', money: (minor: number) => `€${minor / 100}` }

test('conditions are said by labels, amounts in money, and levels in brackets', () => {
  const tree = { all: [{ field: 'source', op: 'eq', value: 'whatsapp' }, { any: [{ field: 'value_minor', op: 'gte', value: 500_000 }, { field: 'campaign', op: 'is_empty' }] }] }
  expect(say(tree, fields, words)).toBe('Source is WhatsApp and (Value at least €5000 or campaign is empty)')
  expect(say({}, fields, words)).toBe('')
  expect(say({ not: { field: 'source', op: 'eq', value: 'x' } }, fields, words)).toBe('not (Source is x)')
})
