import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tellComposing, type Composing } from './composing'

const keep = vi.fn(() => Promise.resolve())
const stop = vi.fn(() => Promise.reject(new Error('offline')))
let omer: Composing

beforeEach(() => {
  vi.useFakeTimers()
  keep.mockClear()
  stop.mockClear()
  omer = tellComposing({ keep, stop })
})
afterEach(() => vi.useRealTimers())

test('typing is told once, and again every ten seconds while it goes on', () => {
  for (let second = 0; second < 21; second += 1) {
    omer.typed()
    vi.advanceTimersByTime(1000)
  }
  expect(keep).toHaveBeenCalledTimes(3)
  expect(stop).not.toHaveBeenCalled()
})

test('sending, leaving or a long pause ends it, once', () => {
  omer.typed()
  omer.stopped()
  omer.stopped()
  expect(stop).toHaveBeenCalledOnce()

  omer.typed()
  vi.advanceTimersByTime(12_000)
  expect(stop).toHaveBeenCalledTimes(2)
  expect(keep).toHaveBeenCalledTimes(2)
})

test('who has not typed has nothing to take back', () => {
  omer.stopped()
  expect(stop).not.toHaveBeenCalled()
})
