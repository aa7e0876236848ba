import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from 'vitest'
import { followLive, type Live, type LiveEvent } from './stream'
import { noteVersion } from './versions'

const client = new QueryClient()
let source: EventTarget & { close: () => void; readyState: number }
let live: Live
const open = vi.fn(() => source as unknown as EventSource)
const onBack = vi.fn()
let stale: MockInstance

const tell = (event: LiveEvent) => source.dispatchEvent(new MessageEvent('change', { data: JSON.stringify(event) }))

beforeEach(() => {
  vi.useFakeTimers()
  stale = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
  onBack.mockReset()
  source = Object.assign(new EventTarget(), { close: vi.fn(), readyState: 1 })
  open.mockClear()
  live = followLive({ member: `rita-${Math.random()}`, client, staleAfter: (room) => (room === 'contacts' ? ['contacts', 'leads'] : [room]), open, onBack })
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

test('events of one room that come together cost one refetch', () => {
  tell({ room: 'leads', kind: 'LeadMoved', ids: ['mia'], version: 4 })
  tell({ room: 'leads', kind: 'LeadScored', ids: ['ben'], version: 2 })
  vi.advanceTimersByTime(100)
  expect(stale.mock.calls).toEqual([[{ queryKey: ['leads'] }]])
})

test('an event older than what is shown is ignored', () => {
  noteVersion('zoe', 7)
  tell({ room: 'leads', kind: 'LeadMoved', ids: ['zoe'], version: 7 })
  vi.advanceTimersByTime(100)
  expect(stale).not.toHaveBeenCalled()

  tell({ room: 'leads', kind: 'LeadMoved', ids: ['zoe'], version: 8 })
  vi.advanceTimersByTime(100)
  expect(stale).toHaveBeenCalledOnce()
})

test('after a reconnect everything is stale and waiting changes are sent', () => {
  source.dispatchEvent(new Event('open'))
  expect(stale).not.toHaveBeenCalled()
  source.dispatchEvent(new Event('open'))
  expect(stale).toHaveBeenCalledExactlyOnceWith()
  expect(onBack).toHaveBeenCalledOnce()
})

test('a change of a person makes the leads stale that show the name', () => {
  tell({ room: 'contacts', kind: 'ContactChanged', ids: ['mia'] })
  vi.advanceTimersByTime(100)
  expect(stale.mock.calls).toEqual([[{ queryKey: ['contacts'] }], [{ queryKey: ['leads'] }]])
})

test('a refused stream is opened again: after a while, or at once when the person has logged in again', () => {
  const refuse = () => {
    source.readyState = 2
    source.dispatchEvent(new Event('error'))
  }
  refuse()
  expect(open).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(20_000)
  expect(open).toHaveBeenCalledTimes(2)

  refuse()
  live.resume()
  expect(open).toHaveBeenCalledTimes(3)
})
