import { useState } from 'react'

const PREFIX = 'leadline.draft.'

/** A text that is being written: it outlives its field until the tab is closed, and is gone once it is empty. */
export function useDraft(name: string): [text: string, write: (text: string) => void] {
  const key = PREFIX + name
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  function write(to: string): void {
    setText(to)
    if (to === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, to)
  }
  return [text, write]
}

/** Forgets everything half-written; part of logging out. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}
