import type { Country, StartIn } from '@/api/shapes'

type Preset = Pick<StartIn, 'country' | 'language' | 'timezone' | 'currency' | 'phone_region'>
type LocaleWithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined }

/** The time zone of this device. */
function clockHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** One name for a time zone that has several, so that Calcutta and Kolkata are the same place. */
function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return zone
  }
}

function zonesOf(country: Country): string[] {
  const region: LocaleWithZones = new Intl.Locale('und', { region: country.code })
  return [country.timezone, ...(region.getTimeZones?.() ?? [])].map(canonical)
}

/** Regions the languages name, and after them those where a language without a region is at home. */
function regionsOf(languages: readonly string[]): (string | undefined)[] {
  const locales = languages.map((language) => new Intl.Locale(language))
  return [...locales.map((locale) => locale.region), ...locales.map((locale) => locale.maximize().region)]
}

function first(countries: readonly Country[], regions: readonly (string | undefined)[]): Country | undefined {
  return regions.map((region) => countries.find((country) => country.code === region)).find((country) => country !== undefined)
}

/** The likely country of this person and what follows from it: where the clock is, and of those the one the languages name. */
export function presetFor(countries: readonly Country[], languages: readonly string[], spoken: string, clock = clockHere()): Preset {
  const zone = canonical(clock)
  // A clock without a place says nothing about the country.
  const placeless = zone === '' || zone === 'UTC' || zone.startsWith('Etc/')
  const here = placeless ? [] : countries.filter((country) => zonesOf(country).includes(zone))
  const regions = regionsOf(languages)
  const found = first(here, regions) ?? here.find((country) => canonical(country.timezone) === zone) ?? here[0] ?? first(countries, regions) ?? first(countries, ['US']) ?? countries[0]
  return {
    country: found?.code ?? 'US',
    language: spoken,
    timezone: placeless ? (found?.timezone ?? 'UTC') : clock,
    currency: found?.currency ?? 'USD',
    phone_region: found?.phone_region ?? 'US',
  }
}
