import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { MeProvider, type Me } from '@/api/me'
import { getMe } from '@/api/workspaces'
import { usePainted } from '@/offline/session'

const KEY = ['members', 'me']

/** Tells every part below who is logged in, and keeps it true while names, rights and the company change. */
export function Present({ me, children }: { me: Me; children: ReactNode }) {
  const found = useQuery({ queryKey: KEY, queryFn: getMe, initialData: me, staleTime: Infinity, meta: { keep: false } })
  return <MeProvider me={usePainted(KEY, found.data)}>{children}</MeProvider>
}
