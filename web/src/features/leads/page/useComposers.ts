import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { getComposers, keepComposing, stopComposing } from '@/api/composers'
import { tellComposing, type Composing } from './composing'

/** While somebody is shown, ask again: a browser that broke down never says that it has stopped. */
const ASK_AGAIN = 4000

/** The names of those who are writing to the person of this lead. */
export function useComposers(lead: string, wanted: boolean): readonly string[] {
  const found = useQuery({
    queryKey: ['composers', lead],
    queryFn: ({ signal }) => getComposers(lead, signal),
    enabled: wanted,
    staleTime: 0,
    retry: false,
    meta: { keep: false },
    refetchInterval: ({ state }) => (state.data?.length ? ASK_AGAIN : false),
  })
  return found.isError ? [] : (found.data ?? []).map(({ name }) => name)
}

/** Tells the others while this member writes to the person of this lead. */
export function useComposing(lead: string): Composing {
  const composing = useMemo(() => tellComposing({ keep: () => keepComposing(lead), stop: () => stopComposing(lead) }), [lead])
  useEffect(() => composing.stopped, [composing])
  return composing
}
