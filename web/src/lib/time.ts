const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const relatives = new Map<string, Intl.RelativeTimeFormat>()
const absolutes = new Map<string, Intl.DateTimeFormat>()

function relative(locale: string, style: 'narrow' | 'short'): Intl.RelativeTimeFormat {
  const key = locale + style
  const found = relatives.get(key) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'always', style })
  relatives.set(key, found)
  return found
}

function absolute(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const found = absolutes.get(key) ?? new Intl.DateTimeFormat(locale, options)
  absolutes.set(key, found)
  return found
}

/** "5 min ago", "35h ago" under two days, "8d ago" after; the future reads "in 2h". */
export function ago(at: string | number | Date, now: number, locale: string, style: 'narrow' | 'short' = 'narrow'): string {
  const distance = new Date(at).getTime() - now
  const size = Math.abs(distance)
  if (size < MINUTE) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  if (size < HOUR) return relative(locale, style).format(Math.round(distance / MINUTE), 'minute')
  if (size < 2 * DAY) return relative(locale, style).format(Math.round(distance / HOUR), 'hour')
  return relative(locale, style).format(Math.round(distance / DAY), 'day')
}

/** Day and time in words, for hovering and for times older than two days. */
export function dateTime(at: string | number | Date, locale: string): string {
  return absolute(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
}

/** A day in words. */
export function day(at: string | number | Date, locale: string): string {
  return absolute(locale, { dateStyle: 'medium' }).format(new Date(at))
}

/** Hours and minutes. */
export function clockTime(at: string | number | Date, locale: string): string {
  return absolute(locale, { timeStyle: 'short' }).format(new Date(at))
}

/** How long a talk took: "45 sec", "12 min", "1 hr 30 min". */
export function lasted(ms: number, locale: string): string {
  const unit = (value: number, of: string) => new Intl.NumberFormat(locale, { style: 'unit', unit: of, unitDisplay: 'short' }).format(value)
  if (ms < MINUTE) return unit(Math.round(ms / 1000), 'second')
  const minutes = Math.round(ms / MINUTE)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 && unit(hours, 'hour'), rest > 0 && unit(rest, 'minute')].filter((part) => part !== false).join(' ')
}

/** A length of time in its largest unit: "18 min", "3 hr", "6 days"; in fewer letters where the language has them. */
export function duration(ms: number, locale: string, unitDisplay: 'short' | 'narrow' = 'short'): string {
  const size = Math.abs(ms)
  const unit = size < HOUR ? 'minute' : size < 2 * DAY ? 'hour' : 'day'
  const value = Math.round(size / { minute: MINUTE, hour: HOUR, day: DAY }[unit])
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(value)
}
