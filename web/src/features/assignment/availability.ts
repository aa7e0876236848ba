import { getAvailabilities, type Availability } from '@/api/assignment'

/** How the availabilities are asked for, wherever they are shown. */
export const AVAILABILITIES = { queryKey: ['assignment', 'availabilities'], queryFn: getAvailabilities }

/** Whether a member is away on a day, switched so or by dates. */
export function isAway({ away, absences }: Pick<Availability, 'away' | 'absences'>, today: string): boolean {
  return away || absences.some(([first = '', last = '']) => first <= today && today <= last)
}

/** A limit as it was typed: none where nothing was; undefined for what is no limit. */
export function limitOf(text: string): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  return /^\d{1,5}$/.test(typed) ? Number(typed) : undefined
}
