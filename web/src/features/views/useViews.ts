import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useMe } from '@/api/me'
import { getViews, type SavedView } from '@/api/views'
import { firstFor } from './shown'

const NONE: SavedView[] = []
export const VIEWS_OF_LEADS = ['views', 'lead']
const begun = new Set<string>()

/** The saved views of leads that this member may use. */
export function useViews(): readonly SavedView[] {
  return useQuery({ queryKey: VIEWS_OF_LEADS, queryFn: () => getViews('lead'), staleTime: 10 * 60_000 }).data ?? NONE
}

/** Begins a screen with the view of the member's role, once a visit and only where the address asks for nothing. */
export function useFirstView(screen: string, asksForNothing: boolean, onPick: (view: SavedView) => void): void {
  const views = useViews()
  const { member } = useMe()
  const first = firstFor(member.role, views)
  useEffect(() => {
    if (!asksForNothing) begun.add(screen)
    if (first === undefined || begun.has(screen)) return
    begun.add(screen)
    onPick(first)
  }, [screen, asksForNothing, first, onPick])
}
