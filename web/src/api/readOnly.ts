const HEADER = 'X-Leadline-Read-Only'

const watchers = new Set<() => void>()
let full = false

/** Whether the server has said that it stores nothing new until its disk has room again. */
export const isReadOnly = (): boolean => full

/** Hears when that begins and ends; returns the way to stop. */
export function watchReadOnly(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Learns from any answer; a refused write carries no header, but a code of its own. */
export function learnFrom(answer: Response, code?: string): void {
  const now = answer.headers.has(HEADER) || code === 'disk_full'
  // A refusal for another reason says nothing about the disk.
  if (now === full || (!now && !answer.ok)) return
  full = now
  for (const watcher of watchers) watcher()
}
