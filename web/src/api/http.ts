import { readProblem, Unreachable } from './problem'
import { learnFrom } from './readOnly'

const ended = new Set<() => void>()

/** Hears when the server no longer knows who is here; returns the way to stop. */
export function whenSessionEnds(listener: () => void): () => void {
  ended.add(listener)
  return () => ended.delete(listener)
}

const SAFE = new Set(['GET', 'HEAD'])

const kept = (): string => /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ''

/** The token that proves a write comes from our own page; a page that came from the device's own store asks for one first. */
export async function csrfToken(): Promise<string> {
  if (kept() === '') await globalThis.fetch('/_allauth/browser/v1/config', { credentials: 'same-origin' }).catch(() => undefined)
  return kept()
}

/** fetch that carries the session and throws Problem or Unreachable instead of answering with failure. */
export async function reach(request: Request): Promise<Response> {
  if (!SAFE.has(request.method)) request.headers.set('X-CSRFToken', await csrfToken())
  let answer: Response
  try {
    // Looked up late, so that a test can put its own server in place.
    answer = await globalThis.fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable(error)
  }
  if (answer.status === 401) for (const listener of ended) listener()
  if (!answer.ok) {
    const problem = await readProblem(answer)
    learnFrom(answer, problem.code)
    throw problem
  }
  learnFrom(answer)
  return answer
}

type Call = { body?: unknown; query?: Record<string, string | number | undefined>; key?: string; signal?: AbortSignal }

/** One call of the JSON API; the answer's body, or null when it has none. */
export async function call<T>(method: string, path: string, { body, query, key, signal }: Call = {}): Promise<T> {
  const url = new URL(path, location.origin)
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value))
  }
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key !== undefined) headers['Idempotency-Key'] = key
  const answer = await reach(
    new Request(url, { method, headers, body: body === undefined ? null : JSON.stringify(body), signal: signal ?? null, credentials: 'same-origin' }),
  )
  return (answer.status === 204 ? null : await answer.json()) as T
}
