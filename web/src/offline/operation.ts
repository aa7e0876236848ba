import type { QueryKey } from '@tanstack/react-query'
import type { VersionedRecord } from '@/api/problem'

export type Fields = Record<string, unknown>

/** One change a person made, from the moment it shows until the server has confirmed it. */
export type Operation = {
  /** Also the Idempotency-Key: sending it twice changes nothing. */
  id: string
  kind: string
  subject: { id: string; title: string }
  /** The changed fields as the person saw them. */
  seen: Fields
  /** The whole record as the person saw it, for screens that have not loaded it themselves. */
  record?: Fields
  change: Fields
  baseVersion: number | null
  /** Strictly increasing on this device; operations are sent in this order. */
  at: number
  state: 'waiting' | 'conflict' | 'refused'
  attempts: number
  /** The server's record, when somebody else changed the same fields. */
  current?: VersionedRecord
  reason?: string
}

export type NewOperation = Pick<Operation, 'kind' | 'subject' | 'seen' | 'record' | 'change' | 'baseVersion'>

/** What the outbox must know about one kind of change; each room registers its own. */
export type Kind = {
  send: (operation: Operation) => Promise<VersionedRecord | null>
  /** The data with the change in it; the same object when the query does not show it. Safe to apply twice. */
  paint: (key: QueryKey, data: unknown, operation: Operation) => unknown
  /** The change makes sense only as a whole: a conflict in one field holds all of it. */
  whole?: boolean
  /** Query prefixes that are stale once the server has confirmed. */
  touches: readonly QueryKey[]
}

const kinds = new Map<string, Kind>()

/** Makes a kind of change known; called once by the room that owns it. */
export function registerKind(name: string, kind: Kind): void {
  kinds.set(name, kind)
}

/** The kind of an operation; undefined when an older version of the app wrote it. */
export function kindOf(operation: Operation): Kind | undefined {
  return kinds.get(operation.kind)
}

/** The data as it will be once every waiting operation has arrived. */
export function paintAll(key: QueryKey, data: unknown, operations: readonly Operation[]): unknown {
  return operations.reduce(
    (painted, operation) =>
      operation.state === 'refused' ? painted : (kindOf(operation)?.paint(key, painted, operation) ?? painted),
    data,
  )
}
