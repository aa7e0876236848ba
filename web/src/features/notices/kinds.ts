import type { InfiniteData } from '@tanstack/react-query'
import { readNotices } from '@/api/notices'
import type { Notices } from '@/api/shapes'
import { registerKind, type NewOperation } from '@/offline/operation'

/** Marks notices as read; `all` when there is no list of them. */
export function read(ids: readonly string[] | 'all'): NewOperation {
  return { kind: 'notice.read', subject: { id: 'notices', title: '' }, seen: {}, change: { ids }, baseVersion: null }
}

/** The notices with some of them read, and the number on the bell that follows. */
export function paintRead(data: InfiniteData<Notices>, ids: readonly string[] | 'all', at: string): InfiniteData<Notices> {
  const meant = (id: string) => ids === 'all' || ids.includes(id)
  const newly = data.pages.flatMap((page) => page.items).filter((notice) => notice.read_at === null && meant(notice.id)).length
  if (newly === 0 && ids !== 'all') return data
  const pages = data.pages.map((page) => ({
    ...page,
    unread: ids === 'all' ? 0 : Math.max(page.unread - newly, 0),
    items: page.items.map((notice) => (notice.read_at === null && meant(notice.id) ? { ...notice, read_at: at } : notice)),
  }))
  return { ...data, pages }
}

registerKind('notice.read', {
  send: async ({ change, id }) => {
    await readNotices(change.ids as string[] | 'all', id)
    return null
  },
  paint: (key, data, operation) =>
    key[0] === 'notices' && data !== undefined
      ? paintRead(data as InfiniteData<Notices>, operation.change.ids as string[] | 'all', new Date(operation.at).toISOString())
      : data,
  touches: [['notices']],
})
