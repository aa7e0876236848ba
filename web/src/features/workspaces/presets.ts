import type { Country, StartIn } from '@/api/shapes'

type Preset = Pick<StartIn, 'country' | 'language' | 'timezone' | 'currency' | 'phone_region'>

/** The likely country of this person and what follows from it: by time zone first, then by the browser's languages. */
export function presetFor(countries: readonly Country[], languages: readonly string[], spoken: string): Preset {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const regions = languages.map((language) => new Intl.Locale(language).region)
  const found =
    countries.find((one) => one.timezone === zone) ??
    countries.find((one) => regions.includes(one.code)) ??
    countries.find((one) => one.code === 'US') ??
    countries[0]
  return {
    country: found?.code ?? 'US',
    language: spoken,
    timezone: zone || (found?.timezone ?? 'UTC'),
    currency: found?.currency ?? 'USD',
    phone_region: found?.phone_region ?? 'US',
  }
}
