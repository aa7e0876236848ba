import type { InfiniteData } from '@tanstack/react-query'
import type { MoveIn } from '@/api/leads'
import type { Board, Card, Column, ColumnPage } from '@/api/shapes'
import type { Operation } from '@/offline/operation'

export type BoardSort = 'next' | 'value' | 'age' | 'score'

/** How the server is asked for each order of the cards. */
export const SORTS: Record<BoardSort, string> = {
  next: 'next_step_at',
  value: '-value_minor',
  age: 'entered_stage_at',
  score: '-score',
}

/** Parts of the keys of board queries, read again when a change is painted over them. */
export type BoardParams = { sort: BoardSort } & Record<string, unknown>

function before(one: Card, other: Card, sort: BoardSort): boolean {
  if (sort === 'value') return one.value_minor >= other.value_minor
  if (sort === 'score') return one.score >= other.score
  if (sort === 'age') return one.entered_stage_at <= other.entered_stage_at
  if (one.next_step_at === null || other.next_step_at === null) return one.next_step_at !== null
  return one.next_step_at <= other.next_step_at
}

function put(cards: readonly Card[], card: Card, sort: BoardSort): Card[] {
  const at = cards.findIndex((other) => before(card, other, sort))
  return at < 0 ? [...cards, card] : cards.toSpliced(at, 0, card)
}

/** A column's totals with one card more or one less. */
function counted(column: Column, card: Card, sign: 1 | -1): Column {
  const change = sign * card.value_minor
  const had = column.value.some((sum) => sum.currency === card.currency)
  const value = had
    ? column.value.map((sum) => (sum.currency === card.currency ? { ...sum, minor: sum.minor + change } : sum))
    : [...column.value, { currency: card.currency, minor: change }]
  const weight = column.stage.probability / 100
  return {
    ...column,
    count: column.count + sign,
    value,
    value_minor: column.value_minor + change,
    weighted_minor: Math.round(column.weighted_minor + change * weight),
  }
}

/** The board after a move: the card, both counts and both sums. */
export function paintMove(board: Board, operation: Operation, sort: BoardSort): Board {
  const { id } = operation.subject
  const target = operation.change.stage_id
  const to = board.columns.find((column) => column.stage.id === target)
  if (!to || to.cards.some((card) => card.id === id)) return board
  const seen = operation.record as Card | undefined
  const loaded = board.columns.flatMap((column) => column.cards).find((card) => card.id === id)
  const card = loaded ?? seen
  if (!card) return board
  const moved: Card = {
    ...card,
    value_minor: (operation.change as Partial<MoveIn>).won?.value_minor ?? card.value_minor,
    stage_id: to.stage.id,
    entered_stage_at: new Date(operation.at).toISOString(),
    days_in_stage: 0,
    rotten: false,
  }
  const columns = board.columns.map((column) => {
    if (column.stage.id === to.stage.id) return { ...counted(column, moved, 1), cards: put(column.cards, moved, sort) }
    if (column.stage.id !== card.stage_id) return column
    return { ...counted(column, card, -1), cards: column.cards.filter((one) => one.id !== id) }
  })
  return { ...board, columns }
}

/** The board with a lead that the server does not know yet, in its first stage. */
export function paintAdded(board: Board, operation: Operation, sort: BoardSort): Board {
  const { id } = operation.subject
  const [first] = board.columns
  if (!first || !operation.record || board.columns.some((column) => column.cards.some((card) => card.id === id))) return board
  const card = { ...operation.record, stage_id: first.stage.id } as Card
  return { ...board, columns: [{ ...counted(first, card, 1), cards: put(first.cards, card, sort) }, ...board.columns.slice(1)] }
}

/** The board without a deleted lead. */
export function paintRemoved(board: Board, operation: Operation): Board {
  const { id } = operation.subject
  const columns = board.columns.map((column) => {
    const card = column.cards.find((one) => one.id === id)
    return card ? { ...counted(column, card, -1), cards: column.cards.filter((one) => one.id !== id) } : column
  })
  return { ...board, columns }
}

/** Fields of a card that may be edited elsewhere and show on the board. */
function changed(card: Card, operation: Operation): Card {
  const shown = Object.fromEntries(Object.entries(operation.change).filter(([field]) => field in card))
  return Object.keys(shown).length === 0 ? card : { ...card, ...shown }
}

/** The board after an edit of a lead; a new value moves the column's sums as well. */
export function paintChange(board: Board, operation: Operation): Board {
  const { id } = operation.subject
  const columns = board.columns.map((column) => {
    const card = column.cards.find((one) => one.id === id)
    if (!card) return column
    const after = changed(card, operation)
    const cards = column.cards.map((one) => (one.id === id ? after : one))
    return { ...counted(counted(column, card, -1), after, 1), cards }
  })
  return { ...board, columns }
}

/** Further pages of a column, without the card that has left it. */
export function paintColumn(data: InfiniteData<ColumnPage>, stage: string, operation: Operation): InfiniteData<ColumnPage> {
  const target = operation.change.stage_id
  if (operation.kind !== 'lead.delete' && (target === undefined || target === stage)) return data
  const has = data.pages.some((page) => page.cards.some((card) => card.id === operation.subject.id))
  if (!has) return data
  return { ...data, pages: data.pages.map((page) => ({ ...page, cards: page.cards.filter((card) => card.id !== operation.subject.id) })) }
}
