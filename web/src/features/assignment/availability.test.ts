import { expect, test } from 'vitest'
import { isAway, limitOf } from './availability'

test('somebody is away when switched so, or from the first to the last day', () => {
  const absences = [['2026-08-01', '2026-08-14']]
  expect(isAway({ away: true, absences: [] }, '2026-07-01')).toBe(true)
  expect(['2026-07-31', '2026-08-01', '2026-08-14', '2026-08-15'].map((day) => isAway({ away: false, absences }, day))).toEqual([false, true, true, false])
})

test('an empty limit is none, and words are no limit', () => {
  expect(['', ' 12 ', '0', 'many', '-1', '1234567'].map(limitOf)).toEqual([null, 12, 0, undefined, undefined, undefined])
})
