import type { Condition, Field, Tree } from '@/api/filters'

/** One line of the editor. */
export type Line = { field: string; op: string; value: unknown }
export type Match = 'all' | 'any'
export type Draft = { match: Match; lines: Line[] }

const WITHOUT_VALUE = new Set(['is_empty', 'is_not_empty'])
const WITH_LIST = new Set(['in', 'not_in', 'has_any', 'has_all'])
const RELATIVE = new Set(['within_last', 'within_next', 'before_ago'])

/** What kind of value an operator asks for. */
export function valueKind(op: string): 'none' | 'list' | 'span' | 'pair' | 'one' {
  if (WITHOUT_VALUE.has(op)) return 'none'
  if (WITH_LIST.has(op)) return 'list'
  if (RELATIVE.has(op)) return 'span'
  return op === 'between' ? 'pair' : 'one'
}

const isCondition = (tree: Tree): tree is Condition => typeof (tree as Condition).field === 'string'
const lineOf = ({ field, op, value }: Condition): Line => ({ field, op, value })

/** The tree as lines that all or any must hold; null when it is nested deeper than the editor shows. */
export function draftOf(tree: Tree): Draft | null {
  if (Object.keys(tree).length === 0) return { match: 'all', lines: [] }
  if (isCondition(tree)) return { match: 'all', lines: [lineOf(tree)] }
  const match = 'all' in tree ? 'all' : 'any' in tree ? 'any' : null
  if (match === null) return null
  const parts = (tree as Record<Match, Tree[]>)[match]
  return parts.every(isCondition) ? { match, lines: parts.map(lineOf) } : null
}

/** The lines as the server's tree; none match everything. */
export function treeOf({ match, lines }: Draft): Tree {
  const conditions = lines.map(({ field, op, value }) => (valueKind(op) === 'none' ? { field, op } : { field, op, value }))
  const [only] = conditions
  if (!only) return {}
  return conditions.length === 1 ? only : match === 'all' ? { all: conditions } : { any: conditions }
}

/** Whether every line says enough to be saved. */
export function isComplete({ lines }: Draft): boolean {
  return lines.every(({ field, op, value }) => field !== '' && op !== '' && hasValue(op, value))
}

function hasValue(op: string, value: unknown): boolean {
  const kind = valueKind(op)
  if (kind === 'none') return true
  if (kind === 'list') return Array.isArray(value) && value.length > 0
  if (kind === 'pair') return Array.isArray(value) && value.length === 2 && value.every((one) => one !== '' && one !== null)
  return value !== undefined && value !== null && value !== ''
}

/** The line after another field or operator was chosen: a value that no longer fits is forgotten. */
export function withOp(line: Line, op: string): Line {
  return valueKind(op) === valueKind(line.op) ? { ...line, op } : { ...line, op, value: emptyFor(op) }
}

export function withField(field: Field): Line {
  const op = field.ops.includes('eq') && field.choices.length === 0 ? 'eq' : (field.ops.find((one) => one === 'in') ?? field.ops[0] ?? 'eq')
  return { field: field.key, op, value: emptyFor(op) }
}

function emptyFor(op: string): unknown {
  const kind = valueKind(op)
  return kind === 'list' ? [] : kind === 'pair' ? ['', ''] : kind === 'none' ? undefined : ''
}
