import { api, bodyOf, once } from './client'
import type { Notices } from './shapes'

/** What the member was told, newest first, and the number on the bell. */
export function getNotices(cursor: string | undefined, signal?: AbortSignal): Promise<Notices> {
  return bodyOf(api.GET('/api/v1/notices', { params: { query: cursor === undefined ? {} : { cursor } }, signal }))
}

/** Marks notices as read: some, or all of them. */
export function readNotices(ids: string[] | 'all', key: string): Promise<{ unread: number }> {
  return bodyOf(api.POST('/api/v1/notices/reads', { body: ids === 'all' ? { all: true } : { ids, all: false }, headers: once(key) }))
}
