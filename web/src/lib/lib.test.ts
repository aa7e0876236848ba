import { expect, test } from 'vitest'
import { formatMoney, parseMoney } from './money'
import { ago, duration } from './time'
import { newId } from './uuid'

test('ids made later sort later and are version 7', () => {
  const one = newId(1_000_000_000_000)
  expect(one < newId(1_000_000_000_001)).toBe(true)
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('money is read as people write it', () => {
  const read = (text: string, currency = 'EUR') => parseMoney(text, currency)
  expect([read('1,200'), read('€1.200,50'), read('1 200.5'), read('12'), read('0.99')]).toEqual([120_000, 120_050, 120_050, 1200, 99])
  expect([read('1200', 'JPY'), read('soon'), read('')]).toEqual([1200, null, null])
})

test('whole amounts show no decimals, others do', () => {
  expect(formatMoney(730_000, 'EUR', 'en')).toBe('€7,300')
  expect(formatMoney(730_050, 'EUR', 'en')).toBe('€7,300.50')
  expect(formatMoney(500, 'JPY', 'en')).toBe('¥500')
})

test('ages are hours up to two days and days after', () => {
  const now = Date.UTC(2026, 0, 7, 10)
  const hours = (count: number) => now - count * 3_600_000
  expect([ago(hours(35), now, 'en'), ago(hours(72), now, 'en'), ago(hours(-2), now, 'en')]).toEqual(['35h ago', '3d ago', 'in 2h'])
  expect(duration(18 * 60_000, 'en')).toBe('18 min')
})
