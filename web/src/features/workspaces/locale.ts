import type { Country } from '@/api/shapes'

export type Choice = { value: string; label: string }

/** Codes of countries or currencies by the names people know, in the order of their language. */
export function named(codes: readonly string[], type: 'region' | 'currency', language: string): Choice[] {
  const names = new Intl.DisplayNames([language], { type, fallback: 'code' })
  return codes
    .map((code) => ({ value: code, label: type === 'currency' ? `${code} · ${names.of(code)}` : (names.of(code) ?? code) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, language))
}

/** Every time zone of this browser and of the countries. */
export function timeZones(countries: readonly Country[], chosen: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), ...countries.map((one) => one.timezone), 'UTC', chosen])].toSorted()
}
