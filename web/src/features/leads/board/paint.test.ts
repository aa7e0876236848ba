import { expect, test } from 'vitest'
import type { Board, Card, Column } from '@/api/shapes'
import type { Operation } from '@/offline/operation'
import { add, EMPTY_LEAD } from '../quickAdd'
import { move } from '../operations'
import { paintAdded, paintChange, paintMove, paintRemoved } from './paint'

const rita = { id: 'rita', name: 'Rita' }

function stage(id: string, probability: number): Column['stage'] {
  return { id, version: 1, name: id, colour: '#000', kind: 'open', probability, rots_after_days: 3, position: 0 }
}

function card(id: string, stageId: string, value: number, currency = 'EUR'): Card {
  const { record } = add({ id, values: { ...EMPTY_LEAD, name: id }, currency, owner: rita })
  return { ...(record as Card), stage_id: stageId, value_minor: value, version: 1, rotten: true }
}

function column(at: Column['stage'], cards: Card[], more: { count: number; minor: number } = { count: 0, minor: 0 }): Column {
  const minor = cards.reduce((sum, one) => sum + one.value_minor, more.minor)
  return { stage: at, count: cards.length + more.count, value: [{ currency: 'EUR', minor }], value_minor: minor, mixed: false, unconverted: [], weighted_minor: (minor * at.probability) / 100, average_days: 1, cards, next_cursor: null }
}

const mia = card('mia', 'new', 300)
const ben = card('ben', 'new', 100)
const board: Board = { pipeline: { id: 'p', name: 'Sales' }, currency: 'EUR', columns: [column(stage('new', 10), [mia, ben], { count: 40, minor: 5000 }), column(stage('quote', 50), [card('zoe', 'quote', 200)])] }
const operation = (made: ReturnType<typeof move>): Operation => ({ ...made, id: 'o', at: 1000, state: 'waiting', attempts: 0 })
const sums = (after: Board) => after.columns.map(({ count, value, value_minor, weighted_minor }) => [count, value[0]?.minor, value_minor, weighted_minor])

test('a moved card takes its count and its money along', () => {
  const after = paintMove(board, operation(move(mia, 'quote')), 'value')
  expect(sums(after)).toEqual([
    [41, 5100, 5100, 510],
    [2, 500, 500, 250],
  ])
  expect(after.columns[1]?.cards.map(({ id }) => id)).toEqual(['mia', 'zoe'])
  expect(after.columns[1]?.cards[0]).toMatchObject({ stage_id: 'quote', rotten: false })
})

test('painting a move twice is painting it once', () => {
  const once = paintMove(board, operation(move(mia, 'quote')), 'value')
  expect(paintMove(once, operation(move(mia, 'quote')), 'value')).toBe(once)
})

test('a card beyond the loaded page moves as well', () => {
  const far = card('far', 'new', 1000)
  const after = paintMove(board, operation(move(far, 'quote')), 'value')
  expect(sums(after)).toEqual([
    [41, 4400, 4400, 440],
    [2, 1200, 1200, 600],
  ])
})

test('columns that a move does not concern stay the same object', () => {
  const wide = { ...board, columns: [...board.columns, column(stage('won', 100), [])] }
  expect(paintMove(wide, operation(move(mia, 'quote')), 'value').columns[2]).toBe(wide.columns[2])
})

test('winning a lead for another amount counts that amount', () => {
  const won = operation(move(mia, 'quote', { won: { value_minor: 900 } }))
  expect(sums(paintMove(board, won, 'value'))[1]).toEqual([2, 1100, 1100, 550])
})

test('a new value moves the sums of its column', () => {
  const dearer: Operation = { ...operation(move(ben, 'new')), kind: 'lead.change', change: { value_minor: 150 } }
  expect(sums(paintChange(board, dearer))[0]).toEqual([42, 5450, 5450, 545])
})

test('a lead typed by hand stands in the first stage; a deleted one is gone', () => {
  const noa = operation(add({ id: 'noa', values: { ...EMPTY_LEAD, name: 'Noa', value: '7' }, currency: 'EUR', owner: rita }))
  const more = paintAdded(board, noa, 'value')
  expect(sums(more)[0]).toEqual([43, 6100, 6100, 610])
  expect(sums(paintRemoved(more, noa))).toEqual(sums(board))
})
