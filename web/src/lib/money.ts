const formats = new Map<string, Intl.NumberFormat>()

function format(currency: string, locale: string, options: Intl.NumberFormatOptions, kind: string): Intl.NumberFormat {
  const key = `${kind}|${currency}|${locale}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.NumberFormat(locale, { style: 'currency', currency, ...options })
    formats.set(key, found)
  }
  return found
}

/** How many digits the currency has after the point: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return format(currency, 'en', {}, 'plain').resolvedOptions().maximumFractionDigits ?? 2
}

/** Minor units as people write money; whole amounts show no decimals. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const amount = minor / 10 ** minorDigits(currency)
  if (Number.isInteger(amount)) return format(currency, locale, { maximumFractionDigits: 0 }, 'whole').format(amount)
  return format(currency, locale, {}, 'plain').format(amount)
}

/** Minor units in a few characters, for narrow places: €1.3M. */
export function formatMoneyShort(minor: number, currency: string, locale: string): string {
  const amount = minor / 10 ** minorDigits(currency)
  return format(currency, locale, { notation: 'compact', maximumFractionDigits: 1 }, 'short').format(amount)
}

/** What a person typed ("1 200,50", "€1,200") as minor units; null when it is not an amount. */
export function parseMoney(text: string, currency: string): number | null {
  const kept = text.replace(/[^\d.,-]/g, '')
  if (!/\d/.test(kept)) return null
  const last = Math.max(kept.lastIndexOf('.'), kept.lastIndexOf(','))
  const decimals = last >= 0 ? kept.length - last - 1 : 0
  const hasFraction = last >= 0 && decimals > 0 && decimals <= 2
  const whole = kept.slice(0, hasFraction ? last : undefined).replace(/[.,]/g, '')
  const amount = Number(hasFraction ? `${whole}.${kept.slice(last + 1)}` : whole)
  return Number.isFinite(amount) ? Math.round(amount * 10 ** minorDigits(currency)) : null
}
