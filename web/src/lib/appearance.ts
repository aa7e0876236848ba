import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'comfortable'
export type Appearance = { theme: Theme; density: Density; language: string; railOpen: boolean }

const KEY = 'leadline.appearance'
const listeners = new Set<() => void>()

function read(): Appearance {
  const language = navigator.language.startsWith('he') ? 'he' : 'en'
  const standard: Appearance = { theme: 'system', density: 'compact', language, railOpen: true }
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>) }
  } catch {
    return standard
  }
}

let current = read()

/** How this person wants the app to look; kept on the device so that the first paint is already right. */
export function appearance(): Appearance {
  return current
}

/** Whether somebody chose a look on this device before. */
export function hasChosen(): boolean {
  return localStorage.getItem(KEY) !== null
}

/** Changes the look at once and remembers it. */
export function changeAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change }
  localStorage.setItem(KEY, JSON.stringify(current))
  document.documentElement.dataset.density = current.density
  for (const listener of listeners) listener()
}

/** The present look; the caller renders again when it changes. */
export function useAppearance(): Appearance {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, appearance)
}
