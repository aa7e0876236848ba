import { expect, test } from 'vitest'
import type { Country } from '@/api/shapes'
import { presetFor } from './presets'

const country = (code: string, timezone: string, currency: string): Country => ({ code, name: code, language: 'en', timezone, currency, phone_region: code })
const COUNTRIES = [
  country('AC', 'UTC', 'SHP'),
  country('GB', 'Europe/London', 'GBP'),
  country('GG', 'Europe/London', 'GBP'),
  country('IL', 'Asia/Jerusalem', 'ILS'),
  country('IN', 'Asia/Kolkata', 'INR'),
  country('US', 'America/New_York', 'USD'),
]
const guess = (zone: string, ...languages: string[]) => presetFor(COUNTRIES, languages, 'en', zone)

test('the clock says where a person is, whatever the language of the browser', () => {
  expect(guess('Asia/Jerusalem', 'en-US')).toMatchObject({ country: 'IL', currency: 'ILS', timezone: 'Asia/Jerusalem', phone_region: 'IL' })
})

test('a clock on universal time names no country, least of all the first of the list', () => {
  expect(guess('UTC', 'en-US', 'en')).toMatchObject({ country: 'US', timezone: 'America/New_York' })
  expect(guess('UTC', 'he')).toMatchObject({ country: 'IL', timezone: 'Asia/Jerusalem' })
})

test('where countries share a clock, the language decides', () => {
  expect(guess('Europe/London', 'en-GG').country).toBe('GG')
  expect(guess('Europe/London', 'en-US').country).toBe('GB')
})

test('an old name of a time zone is the same place', () => {
  expect(guess('Asia/Calcutta', 'en-GB')).toMatchObject({ country: 'IN', currency: 'INR' })
})
