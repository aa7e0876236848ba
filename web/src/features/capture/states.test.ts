import { expect, test } from 'vitest'
import { mayDismiss, mayRetry, readable } from './states'

test('JSON and form answers are laid out, anything else stays as it came', () => {
  expect(readable('{"a":1}', 'application/json')).toBe('{\n  "a": 1\n}')
  expect(readable('{"a":', 'application/json')).toBe('{"a":')
  expect(readable('name=Mia+G&phone=050', 'application/x-www-form-urlencoded')).toBe('name = Mia G\nphone = 050')
  expect(readable('hello', 'text/plain')).toBe('hello')
})

test('what became a lead is neither tried again nor put aside', () => {
  expect([mayRetry('understood'), mayDismiss('understood')]).toEqual([false, false])
  expect([mayRetry('quarantined'), mayDismiss('quarantined')]).toEqual([true, true])
})
