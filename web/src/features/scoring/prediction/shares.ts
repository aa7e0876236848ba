/** A share as a percentage in the reader's language. */
export function percent(share: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share)
}

/** A move of the chance in percentage points, with its sign. */
export function points(moves: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(moves)
}
