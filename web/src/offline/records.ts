import type { QueryKey } from '@tanstack/react-query'
import type { VersionedRecord } from '@/api/problem'
import { registerKind, type Fields, type NewOperation, type Operation } from './operation'

/** Deep enough for a page in a list of pages, shallow enough to be cheap. */
const DEPTH = 5

type Change = (id: string, fields: Fields, version: number | null, key: string) => Promise<VersionedRecord | null>

export type RecordKind = {
  change: Change
  remove?: (id: string, key: string) => Promise<unknown>
  /** Query prefixes that may show the record, and are stale once the server has confirmed. */
  touches: readonly QueryKey[]
}

type Versioned = { id: string; version: number }

/** A record with these fields changed, wherever it stands in the data; null takes it out of lists. */
export function paintRecord(data: unknown, id: string, fields: Fields | null, depth: number = DEPTH): unknown {
  if (depth === 0 || typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) {
    const kept = fields === null ? data.filter((one) => !isRecord(one, id)) : data
    const painted = kept.map((one) => paintRecord(one, id, fields, depth - 1))
    return painted.length === data.length && painted.every((one, index) => one === data[index]) ? data : painted
  }
  if (isRecord(data, id)) return fields === null ? data : { ...data, ...fields }
  const painted = Object.entries(data).map(([name, value]) => [name, paintRecord(value, id, fields, depth - 1)] as const)
  return painted.every(([name, value]) => value === (data as Fields)[name]) ? data : Object.fromEntries(painted)
}

function isRecord(data: unknown, id: string): boolean {
  // A reference to a record has its id as well, but no version: it must not get the record's fields.
  return typeof data === 'object' && data !== null && (data as Versioned).id === id && 'version' in data
}

/** Makes a kind of record known that is changed field by field, and perhaps removed. */
export function registerRecord(name: string, { change, remove, touches }: RecordKind): void {
  const shows = (key: QueryKey) => touches.some((prefix) => prefix.every((part, index) => part === key[index]))
  const painter = (fields: (operation: Operation) => Fields | null) => (key: QueryKey, data: unknown, operation: Operation) =>
    shows(key) ? paintRecord(data, operation.subject.id, fields(operation)) : data
  registerKind(`${name}.change`, {
    send: (operation) => change(operation.subject.id, operation.change, operation.baseVersion, operation.id),
    paint: painter((operation) => operation.change),
    touches,
  })
  if (!remove) return
  registerKind(`${name}.remove`, {
    send: (operation) => remove(operation.subject.id, operation.id).then(() => null),
    paint: painter(() => null),
    touches,
  })
}

type Subject = { id: string; version: number; name?: string }

/** Fields of a record changed where they stand. */
export function changeOf<R extends Subject>(kind: string, record: R, fields: Partial<R>, title: string = record.name ?? ''): NewOperation {
  const seen = Object.fromEntries(Object.keys(fields).map((field) => [field, record[field as keyof R]]))
  return { kind: `${kind}.change`, subject: { id: record.id, title }, seen, change: fields, baseVersion: record.version }
}

/** A record taken away. */
export function removalOf(kind: string, record: Subject, title: string = record.name ?? ''): NewOperation {
  return { kind: `${kind}.remove`, subject: { id: record.id, title }, seen: {}, change: {}, baseVersion: record.version }
}
