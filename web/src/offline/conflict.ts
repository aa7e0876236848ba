import type { VersionedRecord } from '@/api/problem'
import { newId } from '@/lib/uuid'
import type { Fields, Operation } from './operation'

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

function pick(fields: Fields, keys: string[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, fields[key]]))
}

export type Rebased = { send: Operation | null; ask: Operation | null }

/** Splits a refused change: what nobody else touched is sent again, the rest is for the person to decide. */
export function rebase(operation: Operation, current: VersionedRecord, whole = false): Rebased {
  const differing = Object.keys(operation.change).filter((key) => !same(current[key], operation.change[key]))
  // What the record does not show (the reason of a loss) goes with the rest, and is nothing without it.
  const open = whole && !differing.some((key) => key in operation.seen) ? [] : differing
  const touched = open.filter((key) => key in operation.seen && !same(current[key], operation.seen[key]))
  const contested = whole && touched.length > 0 ? open : touched
  const untouched = open.filter((key) => !contested.includes(key))
  const part = (keys: string[], state: Operation['state']): Operation | null =>
    keys.length === 0
      ? null
      : {
          ...operation,
          id: newId(),
          change: pick(operation.change, keys),
          seen: pick(operation.seen, keys),
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
    seen: pick(current, Object.keys(operation.change)),
    baseVersion: current.version,
    attempts: 0,
    state: 'waiting',
  }
}
