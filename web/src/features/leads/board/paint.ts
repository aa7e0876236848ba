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

/** A column as the board shows it; the converted sum of one with `recounting` is known only to the server. */
export type PaintedColumn = Column & { recounting?: boolean }

/** The sums of a column with this money more or less; a currency without money is not among them. */
function added(sums: Column['value'], currency: string, change: number): Column['value'] {
  const had = sums.find((sum) => sum.currency === currency)?.minor ?? 0
  const others = sums.filter((sum) => sum.currency !== currency)
  return [...others, { currency, minor: had + change }].filter((sum) => sum.minor !== 0).toSorted((one, other) => one.currency.localeCompare(other.currency))
}

/** The one figure of a column after a change; money that needs a rate is left to the server. */
function figure(column: PaintedColumn, value: Column['value'], { currency, change, base }: { currency: string; change: number; base: string }): Partial<PaintedColumn> {
  const mixed = value.length > 1
  if (!mixed) return { mixed, value_minor: value[0]?.minor ?? 0, unconverted: [], recounting: false }
  if (change === 0 || column.unconverted.includes(currency)) return { mixed }
  if (column.mixed && currency === base) return { mixed, value_minor: column.value_minor + change }
  return { mixed, recounting: true }
}

/** A column's totals with one card more or one less. */
function counted(column: PaintedColumn, card: Card, sign: 1 | -1, base: string): PaintedColumn {
  const change = sign * card.value_minor
  const value = added(column.value, card.currency, change)
  const after = { ...column, count: column.count + sign, value, ...figure(column, value, { currency: card.currency, change, base }) }
  return { ...after, weighted_minor: Math.floor((after.value_minor * column.stage.probability) / 100) }
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
  const { won, fields } = operation.change as Partial<MoveIn>
  const moved: Card = {
    ...card,
    value_minor: won?.value_minor ?? fields?.value_minor ?? card.value_minor,
    stage_id: to.stage.id,
    entered_stage_at: new Date(operation.at).toISOString(),
    days_in_stage: 0,
    rotten: false,
    days_over: 0,
  }
  const columns = board.columns.map((column) => {
    if (column.stage.id === to.stage.id) return { ...counted(column, moved, 1, board.currency), cards: put(column.cards, moved, sort) }
    if (column.stage.id !== card.stage_id) return column
    return { ...counted(column, card, -1, board.currency), cards: column.cards.filter((one) => one.id !== id) }
  })
  return { ...board, columns }
}

/** The board with a lead that the server does not know yet, in its first stage. */
export function paintAdded(board: Board, operation: Operation, sort: BoardSort): Board {
  const { id } = operation.subject
  const [first] = board.columns
  if (!first || !operation.record || board.columns.some((column) => column.cards.some((card) => card.id === id))) return board
  const card = { ...operation.record, stage_id: first.stage.id } as Card
  return { ...board, columns: [{ ...counted(first, card, 1, board.currency), cards: put(first.cards, card, sort) }, ...board.columns.slice(1)] }
}

/** The board without a deleted lead. */
export function paintRemoved(board: Board, operation: Operation): Board {
  const { id } = operation.subject
  const columns = board.columns.map((column) => {
    const card = column.cards.find((one) => one.id === id)
    return card ? { ...counted(column, card, -1, board.currency), cards: column.cards.filter((one) => one.id !== id) } : column
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
    if (after.value_minor === card.value_minor && after.currency === card.currency) return { ...column, cards }
    return { ...counted(counted(column, card, -1, board.currency), after, 1, board.currency), cards }
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
