import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { usePainted } from '@/offline/session'
import { MOST_COUNTED } from '@/table/Pager'

type Page = { total?: number | null | undefined; next_cursor?: string | null | undefined }
type Asked<P> = { queryKey: readonly unknown[]; queryFn: (context: { signal: AbortSignal }) => Promise<P> }

/** A list walked page by page, the next page fetched ahead; `at` are the cursors walked so far, the last one that of the page shown. */
export function usePaged<P extends Page>(list: (cursor: string | undefined) => Asked<P>, at: readonly string[]) {
  const here = list(at.at(-1))
  const found = useQuery<P>({ ...here, placeholderData: keepPreviousData })
  const page = usePainted<P | undefined>(here.queryKey, found.data)
  // Only the first page is counted.
  const first = useQuery<P>({ ...list(undefined), enabled: at.length > 0 })
  const total = at.length > 0 ? first.data?.total : page?.total
  // The page before stands in while this one is on the way, but its cursor belongs to another order.
  const next = found.isPlaceholderData ? undefined : (page?.next_cursor ?? undefined)
  const client = useQueryClient()
  useEffect(() => {
    if (next !== undefined) void client.prefetchQuery(list(next))
    // The key says everything that `list` depends on.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, next, JSON.stringify(here.queryKey)])
  return { found, page, total, next }
}

/** How many there are in all, in words of the page's head; empty while it is not known. */
export function useTotalWords(total: number | null | undefined): string {
  const { i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  return typeof total === 'number' ? number.format(total) : total === null ? `${number.format(MOST_COUNTED)}+` : ''
}
