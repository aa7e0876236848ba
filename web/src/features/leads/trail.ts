const KEY = 'leadline.trail'

/** Remembers the list a record was opened from, so that J and K walk on from there. */
export function rememberTrail(ids: readonly string[]): void {
  sessionStorage.setItem(KEY, JSON.stringify(ids))
}

/** The record before (-1) or after (+1) in the list it was opened from. */
export function neighbour(id: string, step: 1 | -1): string | undefined {
  const ids = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as string[]
  const at = ids.indexOf(id)
  return at < 0 ? undefined : ids[at + step]
}
