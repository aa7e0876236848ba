import { createContext, use, type ReactNode } from 'react'
import { api, bodyOf } from './client'
import { Problem, Unreachable } from './problem'
import type { Me } from './shapes'
import { getStart } from './start'

export type { Me }

export type Door = { state: 'in'; me: Me } | { state: 'login' } | { state: 'start' } | { state: 'unreachable' }

const KEPT = 'leadline.me'

function kept(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Me | null
  } catch {
    return null
  }
}

/** Asks the server who is here; without a network the last answer of this device counts. */
export async function knock(): Promise<Door> {
  try {
    const me = await bodyOf(api.GET('/api/v1/me'))
    localStorage.setItem(KEPT, JSON.stringify(me))
    return { state: 'in', me }
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return { state: (await isFresh()) ? 'start' : 'login' }
    if (!(error instanceof Unreachable || error instanceof Problem)) throw error
    const me = kept()
    return me ? { state: 'in', me } : { state: 'unreachable' }
  }
}

/** Whether nobody has set this Leadline up yet. */
export async function isFresh(): Promise<boolean> {
  try {
    return (await getStart()).first_run
  } catch {
    return false
  }
}

/** Forgets who was here; part of logging out. */
export function forgetMe(): void {
  localStorage.removeItem(KEPT)
}

const MeContext = createContext<Me | null>(null)

/** Tells every part below who is logged in. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>
}

/** The logged-in member and the workspace. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('useMe outside of MeProvider')
  return me
}

/** Whether the member may do something; the server decides, this only hides what it would refuse. */
export function useRight(right: string): boolean {
  return useMe().rights.includes(right)
}
