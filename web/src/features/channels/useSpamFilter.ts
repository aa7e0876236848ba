import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeSpamFilter, getSpamFilter, getSpamMarks, takeBackMark, type SpamMarksPage } from '@/api/spam'
import { newId } from '@/lib/uuid'

const KEY = ['capture', 'spam']

/** The spam filter of forms, what it learns from, and what can be changed about it. */
export function useSpamFilter() {
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: KEY })
  const found = useQuery({ queryKey: [...KEY, 'filter'], queryFn: getSpamFilter, meta: { keep: false } })
  const marks = useInfiniteQuery({
    queryKey: [...KEY, 'marks'],
    queryFn: ({ pageParam }) => getSpamMarks(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: SpamMarksPage) => page.next_cursor ?? undefined,
    meta: { keep: false },
  })
  const change = useMutation({ mutationFn: (enabled: boolean) => changeSpamFilter(enabled, found.data?.version ?? 1, newId()), onSettled: again })
  const takeBack = useMutation({ mutationFn: (id: string) => takeBackMark(id, newId()), onSettled: again })
  return { found, marks, change, takeBack }
}
