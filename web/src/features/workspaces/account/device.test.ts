import { expect, test } from 'vitest'
import { deviceName } from './device'

test('a browser is named in words people know', () => {
  expect(deviceName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36')).toBe('Chrome · Linux')
  expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1')).toBe('Safari · iOS')
})

test('anything else keeps its own name', () => {
  expect(deviceName('Python-urllib/3.11')).toBe('Python-urllib/3.11')
})
