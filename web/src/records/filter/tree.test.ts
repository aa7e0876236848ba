import { expect, test } from 'vitest'
import type { Field, Tree } from '@/api/filters'
import { draftOf, isComplete, treeOf, valueKind, withField, withOp } from './tree'

const whatsapp = { field: 'source', op: 'in', value: ['whatsapp'] }
const rich = { field: 'value_minor', op: 'gte', value: 500_000 }

test('conditions become lines and the same tree again', () => {
  const trees: Tree[] = [{}, whatsapp, { all: [whatsapp, rich] }, { any: [whatsapp, rich] }]
  for (const tree of trees) {
    const draft = draftOf(tree)
    expect(draft && treeOf(draft)).toEqual(tree)
  }
})

test('a tree that is nested deeper is not turned into lines that would lose a part of it', () => {
  expect(draftOf({ all: [whatsapp, { any: [rich] }] })).toBeNull()
  expect(draftOf({ not: whatsapp })).toBeNull()
})

test('an operator without a value sends none', () => {
  expect(treeOf({ match: 'all', lines: [{ field: 'company', op: 'is_empty', value: 'left over' }] })).toEqual({ field: 'company', op: 'is_empty' })
})

test('a line without its value is not complete', () => {
  const line = (op: string, value: unknown) => isComplete({ match: 'all', lines: [{ field: 'score', op, value }] })
  expect([line('eq', ''), line('in', []), line('between', ['1', ''])]).toEqual([false, false, false])
  expect([line('eq', 0), line('in', ['a']), line('between', [1, 2]), line('is_empty', undefined)]).toEqual([true, true, true, true])
})

test('another operator keeps the value where it still fits and forgets it where not', () => {
  expect(withOp({ field: 'score', op: 'gte', value: 5 }, 'lt').value).toBe(5)
  expect(withOp({ field: 'source', op: 'in', value: ['a'] }, 'is_empty').value).toBeUndefined()
  expect(valueKind('within_last')).toBe('span')
})

test('a field with choices starts with one of them', () => {
  const source = { key: 'source', choices: [{ value: 'a', label: 'A', colour: '' }], ops: ['eq', 'ne', 'in'] } as Partial<Field> as Field
  expect(withField(source)).toEqual({ field: 'source', op: 'in', value: [] })
})
