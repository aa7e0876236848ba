import { useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query'
import { getChannels, getLead, getScore, getTimeline, readMessages } from '@/api/leads'
import type { Lead, TimelineEntry, TimelinePage } from '@/api/shapes'
import { useEffect } from 'react'
import { usePainted } from '@/offline/session'
import { KINDS, type TimelineFilter } from './Timeline'

/** One lead as this member sees it, own changes included. */
export function useLead(id: string) {
  const key = ['leads', 'one', id]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => getLead(id, signal) })
  return { ...found, lead: usePainted<Lead | undefined>(key, found.data) }
}

/** The timeline of a lead, with what is still on its way to the server on top. */
export function useTimeline(id: string, filter: TimelineFilter): { entries: TimelineEntry[]; pending: boolean; older: (() => void) | undefined } {
  const kinds = KINDS[filter]
  const key = ['timeline', id, kinds]
  const found = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => getTimeline(id, kinds, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TimelinePage) => page.next_cursor ?? undefined,
  })
  const painted = usePainted<InfiniteData<TimelinePage> | undefined>(key, found.data)
  return {
    entries: painted?.pages.flatMap((page) => page.items) ?? [],
    pending: found.isPending,
    older: found.hasNextPage ? () => void found.fetchNextPage() : undefined,
  }
}

/** The score of a lead with its reasons. */
export const useScore = (id: string) => useQuery({ queryKey: ['leads', 'score', id], queryFn: ({ signal }) => getScore(id, signal) }).data

/** How the person can be written to; asked for once somebody wants to write. */
export const useChannels = (id: string, wanted: boolean) =>
  useQuery({ queryKey: ['conversations', 'channels', id], queryFn: ({ signal }) => getChannels(id, signal), enabled: wanted }).data

/** Tells the server that the messages of an opened lead have been seen. */
export function useRead({ id, unread }: Pick<Lead, 'id' | 'unread'>): void {
  useEffect(() => {
    // Whether it arrives or not: the next opening says it again.
    if (unread > 0) readMessages(id).catch(() => undefined)
  }, [id, unread])
}
