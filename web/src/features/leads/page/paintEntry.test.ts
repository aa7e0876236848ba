import type { InfiniteData } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { TimelineEntry, TimelinePage } from '@/api/shapes'
import type { NewOperation, Operation } from '@/offline/operation'
import { loggedCall, loggedMeeting, note } from '../operations'
import { paintEntry } from './paintEntry'

const mia = { id: 'mia', name: 'Mia Garcia', version: 3 }
const rita = { id: 'rita', name: 'Rita' }
const page: InfiniteData<TimelinePage> = { pages: [{ items: [], next_cursor: null, total: null }], pageParams: [undefined] }
const waiting = (made: NewOperation): Operation => ({ ...made, id: 'o', at: 1000, state: 'waiting', attempts: 0 })
const painted = (key: unknown[], made: Operation, data = page) => (paintEntry(key, data, made) as typeof page).pages[0]?.items as TimelineEntry[]

test('a call stands in the timeline before the server knows of it, and once', () => {
  const call = waiting(loggedCall(mia, { direction: 'in', outcome: 'answered', seconds: 60, text: 'Wants a quote' }, rita))
  const items = painted(['timeline', 'mia', undefined], call)
  expect(items).toMatchObject([{ kind: 'call', direction: 'in', actor: rita, text: 'Wants a quote', payload: { outcome: 'answered', seconds: 60 } }])

  const shown = { ...page, pages: [{ ...page.pages[0], items }] } as typeof page
  expect(paintEntry(['timeline', 'mia', undefined], shown, call)).toBe(shown)
})

test('a meeting shows among the talks, not among the notes of this lead or the talks of another', () => {
  const meeting = waiting(loggedMeeting(mia, { starts_at: '2026-03-01T09:00:00Z', outcome: 'planned' }, rita))
  expect(painted(['timeline', 'mia', 'message,call,meeting'], meeting)).toMatchObject([{ kind: 'meeting', direction: 'none', text: '' }])
  expect(paintEntry(['timeline', 'mia', 'note'], page, meeting)).toBe(page)
  expect(paintEntry(['timeline', 'ben', undefined], page, meeting)).toBe(page)
})

test('a note keeps its words and carries nothing else', () => {
  expect(painted(['timeline', 'mia', 'note'], waiting(note(mia, 'Call after five', rita)))).toMatchObject([{ kind: 'note', text: 'Call after five', payload: {} }])
})
