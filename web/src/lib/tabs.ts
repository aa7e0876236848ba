/** Messages between the tabs of one browser; silence where the browser has no channel. */
export type Tabs<T> = { say: (message: T) => void; close: () => void }

/** Joins the conversation of all tabs under one name; a tab does not hear itself. */
export function joinTabs<T>(name: string, hear: (message: T) => void): Tabs<T> {
  if (typeof BroadcastChannel === 'undefined') return { say: () => {}, close: () => {} }
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', (event: MessageEvent<T>) => hear(event.data))
  let open = true
  return {
    // A write may end after its member has logged out: there is nobody left to tell.
    say: (message) => open && channel.postMessage(message),
    close: () => {
      open = false
      channel.close()
    },
  }
}

/** Calls `lead` in exactly one tab, and in another when that one closes; the answer gives the place up. */
export function leadOneTab(name: string, lead: () => void): () => void {
  const locks = (navigator as { locks?: LockManager }).locks
  if (!locks) {
    lead()
    return () => {}
  }
  let release: () => void = () => {}
  const waiting = new AbortController()
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  locks
    .request(name, { signal: waiting.signal }, () => {
      lead()
      return held
    })
    .catch(() => {
      // Given up before the place was free.
    })
  return () => {
    waiting.abort()
    release()
  }
}
