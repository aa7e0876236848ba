import { expect, test } from 'vitest'
import { changeLines } from './changes'

test('a pair is said as before and after, everything else as it is', () => {
  expect(changeLines({ name: ['North', 'Far north'], role: 'rep', phone: ['', '050'] })).toEqual([
    { name: 'name', before: 'North', after: 'Far north' },
    { name: 'role', before: null, after: 'rep' },
    { name: 'phone', before: '–', after: '050' },
  ])
})

test('a value too long to read is cut', () => {
  expect(changeLines({ steps: [{ text: 'x'.repeat(400) }] })[0]?.after).toHaveLength(201)
})
