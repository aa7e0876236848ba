import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getFields, type Field } from '@/api/filters'
import { getCustomer, getCustomerTimeline, type Customer } from '@/api/customers'
import type { TimelineEntry, TimelinePage } from '@/api/shapes'
import { usePainted } from '@/offline/session'

const NO_FIELDS: Field[] = []
const custom = (fields: Field[]) => fields.filter((field) => field.custom)

/** One customer, own changes included. */
export function useCustomer(id: string) {
  const key = ['customers', 'one', id]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => getCustomer(id, signal) })
  return { ...found, customer: usePainted<Customer | undefined>(key, found.data) }
}

/** What happened with everything of a customer. */
export function useCustomerTimeline(id: string, kinds: string | undefined): { entries: TimelineEntry[]; pending: boolean; older: (() => void) | undefined } {
  const found = useInfiniteQuery({
    queryKey: ['timeline', 'customer', id, kinds],
    queryFn: ({ pageParam, signal }) => getCustomerTimeline(id, kinds, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TimelinePage) => page.next_cursor ?? undefined,
  })
  return { entries: found.data?.pages.flatMap((page) => page.items) ?? [], pending: found.isPending, older: found.hasNextPage ? () => void found.fetchNextPage() : undefined }
}

/** The workspace's own fields of a customer. */
export const useCustomerFields = (): readonly Field[] => useQuery({ queryKey: ['fields', 'customer'], queryFn: () => getFields('customer'), staleTime: 600_000, select: custom }).data ?? NO_FIELDS
