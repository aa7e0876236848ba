import type { InfiniteData } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Notice, Notices } from '@/api/shapes'
import { paintRead } from './kinds'

const notice = (id: string, read_at: string | null): Notice => ({ id, version: 1, kind: 'sla', title: id, text: '', link: null, at: '2026-03-01T09:00:00Z', read_at })
const two: InfiniteData<Notices> = { pages: [{ items: [notice('late', null), notice('old', '2026-03-01T09:30:00Z')], unread: 7, next_cursor: 'more' }], pageParams: [undefined] }
const AT = '2026-03-01T10:00:00Z'

test('a notice that is opened is read, and the number on the bell goes down by one', () => {
  const [page] = paintRead(two, ['late'], AT).pages
  expect(page?.unread).toBe(6)
  expect(page?.items[0]?.read_at).toBe(AT)
})

test('opening it again changes nothing', () => {
  const once = paintRead(two, ['late'], AT)
  expect(paintRead(once, ['late'], AT)).toBe(once)
  expect(paintRead(two, ['old'], AT)).toBe(two)
})

test('marking all as read clears the bell, also of what is not on the screen', () => {
  const [page] = paintRead(two, 'all', AT).pages
  expect(page?.unread).toBe(0)
  expect(page?.items.map((one) => one.read_at)).toEqual([AT, '2026-03-01T09:30:00Z'])
})
