import { WEEKDAYS, type Weekday, type Weekly } from '@/api/assignment'

type Unit = 'minutes' | 'hours' | 'days'
const IN_UNIT: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 }

/** The largest unit in which the minutes are a whole number. */
export function unitOf(minutes: number): Unit {
  return minutes % IN_UNIT.days === 0 ? 'days' : minutes % IN_UNIT.hours === 0 ? 'hours' : 'minutes'
}

/** Minutes in a unit, and back. */
export const inUnit = (minutes: number, unit: Unit): number => Math.round(minutes / IN_UNIT[unit])
export const toMinutes = (count: number, unit: Unit): number => count * IN_UNIT[unit]
export const UNITS: readonly Unit[] = ['minutes', 'hours', 'days']

/** The days of the week in the order of a country, by its numbers of Monday to Sunday as 1 to 7. */
export function weekFrom(firstDay: number): Weekday[] {
  const at = (firstDay + 6) % 7
  return [...WEEKDAYS.slice(at), ...WEEKDAYS.slice(0, at)]
}

const SUNDAY_FIRST = new Set(['IL', 'US', 'CA', 'MX', 'BR', 'IN', 'JP', 'KR', 'ZA', 'SA', 'PH', 'TW', 'HK'])
const SATURDAY_FIRST = new Set(['AE', 'EG', 'DZ', 'IQ', 'JO', 'KW', 'QA', 'BH', 'OM', 'SY', 'SD', 'AF', 'IR'])

/** With which day a country begins its week: 1 is Monday, 7 is Sunday. */
export function firstDayOf(country: string): number {
  return SUNDAY_FIRST.has(country) ? 7 : SATURDAY_FIRST.has(country) ? 6 : 1
}

/** The working days where nothing was set: Israel from Sunday, elsewhere from Monday. */
export function standardWeek(country: string): Weekly {
  const days: Weekday[] = country === 'IL' ? ['sun', 'mon', 'tue', 'wed', 'thu'] : ['mon', 'tue', 'wed', 'thu', 'fri']
  return Object.fromEntries(days.map((day) => [day, [['09:00', '17:00']]]))
}

/** The name of a weekday in a language. */
export function dayName(day: Weekday, language: string, style: 'long' | 'short' = 'long'): string {
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day)))
}

/** The week with other hours on one day; a day without hours is closed. */
export function withDay(weekly: Weekly, day: Weekday, times: string[][]): Weekly {
  const { [day]: _, ...others } = weekly
  return times.length === 0 ? others : { ...others, [day]: times }
}

/** Hours for a day that has none yet, or for after those it has; undefined when the day is full. */
export function nextTimes(times: readonly string[][]): string[] | undefined {
  const end = times.at(-1)?.[1]
  if (end === undefined) return ['09:00', '17:00']
  const hour = Number(end.slice(0, 2)) + 1
  return hour >= 23 ? undefined : [`${String(hour).padStart(2, '0')}:00`, `${String(Math.min(hour + 3, 23)).padStart(2, '0')}:00`]
}
