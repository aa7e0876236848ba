import { expect, test } from 'vitest'
import type { Board, Card, Column } from '@/api/shapes'
import type { Operation } from '@/offline/operation'
import { add, EMPTY_LEAD } from '../quickAdd'
import { move } from '../operations'
import { paintAdded, paintChange, paintMove, paintRemoved } from './paint'

const rita = { id: 'rita', name: 'Rita' }

function stage(id: string, probability: number): Column['stage'] {
  return { id, version: 1, name: id, colour: '#000', kind: 'open', probability, rots_after_days: 3, position: 0, required_fields: [] }
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

const usd = card('usd', 'new', 200, 'USD')
const mixed: Column = {
  ...column(stage('new', 10), [usd, mia]),
  value: [
    { currency: 'EUR', minor: 300 },
    { currency: 'USD', minor: 200 },
  ],
  value_minor: 480,
  mixed: true,
  weighted_minor: 48,
}
const abroad: Board = { ...board, columns: [mixed, ...board.columns.slice(1)] }

test('a card in the board\'s currency moves the converted sum; a foreign one waits for the server\'s rate', () => {
  const own = paintMove(abroad, operation(move(card('eur', 'new', 100), 'quote')), 'value')
  expect(own.columns[0]).toMatchObject({ mixed: true, value_minor: 380, weighted_minor: 38 })
  expect(own.columns[0]).not.toHaveProperty('recounting', true)

  const foreign = paintMove(abroad, operation(move(usd, 'quote')), 'value')
  expect(foreign.columns[0]).toMatchObject({ mixed: false, value: [{ currency: 'EUR', minor: 300 }], value_minor: 300, recounting: false })
  expect(foreign.columns[1]).toMatchObject({ mixed: true, recounting: true, value: [{ minor: 200 }, { currency: 'USD', minor: 200 }] })
})

test('money without a rate is only listed, and a new name leaves the sum alone', () => {
  const more = { ...mixed, cards: [usd, mia, card('uri', 'new', 50, 'USD')], value_minor: 300, unconverted: ['USD'] }
  const gone = paintRemoved({ ...abroad, columns: [more] }, operation(move(card('uri', 'new', 50, 'USD'), 'quote')))
  expect(gone.columns[0]).toMatchObject({ value_minor: 300, unconverted: ['USD'], value: [{ minor: 300 }, { minor: 150 }] })
  expect(gone.columns[0]).not.toHaveProperty('recounting', true)

  const renamed: Operation = { ...operation(move(usd, 'new')), kind: 'lead.change', change: { name: 'Uma' } }
  expect(paintChange(abroad, renamed).columns[0]).toMatchObject({ value_minor: 480, mixed: true })
  expect(paintChange(abroad, renamed).columns[0]).not.toHaveProperty('recounting', true)
})
