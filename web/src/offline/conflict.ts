import type { VersionedRecord } from '@/api/problem'
import { newId } from '@/lib/uuid'
import type { Fields, Operation } from './operation'

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

function pick(fields: Fields, keys: string[]): Fields {
  return Object.fromEntries(keys.filter((key) => key in fields).map((key) => [key, fields[key]]))
}

type Sides = { theirs: unknown; seen: unknown; mine: unknown }

const isBundle = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The three sides value by value, where all of them are one bundle (the own fields, the person); nothing where one replaced it. */
function inside({ theirs, seen, mine }: Sides): [string, Sides][] | undefined {
  if (!isBundle(theirs) || !isBundle(seen) || !isBundle(mine) || theirs.id !== mine.id || seen.id !== mine.id) return undefined
  return Object.keys(mine).map((key) => [key, { theirs: theirs[key], seen: seen[key], mine: mine[key] }])
}

/** What this side changed, on top of what the others wrote. */
function onTop(sides: Sides): unknown {
  const parts = inside(sides)
  if (!parts) return same(sides.mine, sides.seen) ? sides.theirs : sides.mine
  return { ...(sides.theirs as Fields), ...Object.fromEntries(parts.map(([key, part]) => [key, onTop(part)])) }
}

/** Whether both sides wrote the same value, and not the same thing. */
function isContested(sides: Sides): boolean {
  const parts = inside(sides)
  if (parts) return parts.some(([, part]) => isContested(part))
  return [[sides.theirs, sides.seen], [sides.mine, sides.seen], [sides.theirs, sides.mine]].every(([one, other]) => !same(one, other))
}

export type Decision = { field: string; mine: unknown; theirs: unknown }

/** What a person has to decide about in a conflict, a line for each value. */
export function decisions({ change, seen, current }: Operation): Decision[] {
  if (!current) return []
  const lines = (field: string, sides: Sides): Decision[] => {
    const parts = inside(sides)
    if (!parts) return isContested(sides) ? [{ field, mine: sides.mine, theirs: sides.theirs }] : []
    return parts.flatMap(([key, part]) => lines(`${field}.${key}`, part))
  }
  // What was not seen before (the reason of a loss) is nobody's to compare.
  return Object.keys(seen).flatMap((field) => lines(field, { theirs: current[field], seen: seen[field], mine: change[field] }))
}

export type Rebased = { send: Operation | null; ask: Operation | null }

/** Splits a refused change: what nobody else touched is sent again, the rest is for the person to decide. */
export function rebase(operation: Operation, current: VersionedRecord, whole = false): Rebased {
  const { seen } = operation
  const sidesOf = (key: string): Sides => ({ theirs: current[key], seen: seen[key], mine: operation.change[key] })
  const mine = Object.fromEntries(Object.keys(operation.change).map((key) => [key, key in seen ? onTop(sidesOf(key)) : operation.change[key]]))
  const differing = Object.keys(mine).filter((key) => !same(current[key], mine[key]))
  // What the record does not show (the reason of a loss) goes with the rest, and is nothing without it.
  const open = whole && !differing.some((key) => key in seen) ? [] : differing
  const touched = open.filter((key) => key in seen && isContested(sidesOf(key)))
  const contested = whole && touched.length > 0 ? open : touched
  const untouched = open.filter((key) => !contested.includes(key))
  const part = (keys: string[], state: Operation['state']): Operation | null =>
    keys.length === 0
      ? null
      : {
          ...operation,
          id: newId(),
          change: pick(mine, keys),
          // What is sent again stands on their record, and so does what it is compared with.
          seen: state === 'waiting' ? pick(current, Object.keys(pick(seen, keys))) : pick(seen, keys),
          baseVersion: current.version,
          attempts: 0,
          state,
        }
  const ask = part(contested, 'conflict')
  return { send: part(untouched, 'waiting'), ask: ask && { ...ask, current } }
}

/** The conflict decided for the person here: the change goes again, on top of what the others wrote. */
export function keepMine(operation: Operation): Operation {
  const { current, ...rest } = operation
  if (!current) return operation
  return {
    ...rest,
    id: newId(),
    seen: pick(current, Object.keys(operation.seen)),
    baseVersion: current.version,
    attempts: 0,
    state: 'waiting',
  }
}
