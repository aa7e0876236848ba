import createClient from 'openapi-fetch'
import type { components, paths } from './generated/schema'
import { reach } from './http'

/** The API as the server describes it: addresses, queries and bodies are checked by the compiler. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: reach, credentials: 'same-origin', headers: { Accept: 'application/json' } })

/** Named shapes of the API's description. */
export type Shapes = components['schemas']

/** The body of an answer; `reach` has thrown already when there is none. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T
}

/** The header that lets a write arrive twice and count once. */
export const once = (key: string) => ({ 'Idempotency-Key': key })

/** What is set of a query; the server's types know no undefined. */
export function set<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}
