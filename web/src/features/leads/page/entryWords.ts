import type { Field } from '@/api/filters'
import type { TimelineEntry } from '@/api/shapes'
import { MEETING_OUTCOMES, OUTCOMES, type CallOutcome, type MeetingOutcome } from '@/api/touches'
import { dateTime, lasted } from '@/lib/time'
import { shownValue } from '@/records/values'

export type EntryWords = Parameters<typeof shownValue>[2]
export type ChangeLine = { key: string; label: string; before: string; after: string }

type Pair = readonly [unknown, unknown]
type Values = Record<string, unknown>

/** Custom values and answers change as one object; each of them is a line of its own for people. */
function flat(changes: Record<string, Pair>): [string, Pair][] {
  return Object.entries(changes).flatMap(([key, pair]): [string, Pair][] => {
    if (key !== 'custom' && key !== 'qualification') return [[key, pair]]
    const [old, now] = pair.map((side) => (side ?? {}) as Values) as [Values, Values]
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    return keys.filter((one) => JSON.stringify(old[one]) !== JSON.stringify(now[one])).map((one) => [`${key}.${one}`, key === 'custom' ? [old[one], now[one]] : answered(old[one] as Values, now[one] as Values)])
  })
}

/** An answer before and after; where only its note changed, the notes. */
function answered(old: Values | undefined, now: Values | undefined): Pair {
  return old?.state === now?.state ? [old?.note, now?.note] : [old?.state, now?.state]
}

/** What an entry about changed fields says, a line for each field. */
export function changeLines(entry: TimelineEntry, fields: readonly Field[], words: EntryWords): ChangeLine[] {
  return linesOf((entry.payload.changes ?? {}) as Record<string, Pair>, fields, words)
}

/** What a further inquiry said otherwise than the lead, which kept what it had; a line for each field. */
export function otherwiseLines(entry: TimelineEntry, fields: readonly Field[], words: EntryWords): ChangeLine[] {
  const differs = (entry.payload.differs ?? {}) as Values
  return linesOf(Object.fromEntries(Object.entries(differs).map(([key, value]): [string, Pair] => [key, ['', value]])), fields, words)
}

function linesOf(changes: Record<string, Pair>, fields: readonly Field[], words: EntryWords): ChangeLine[] {
  return flat(changes).map(([key, [before, after]]) => {
    const field = fields.find((one) => one.key === key)
    const shown = (value: unknown) => (field ? shownValue(field, value, words) : typeof value === 'string' || typeof value === 'number' ? String(value) : '')
    return { key, label: field?.label ?? key, before: shown(before), after: shown(after) }
  })
}

const said = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Where an inquiry came from and what it is about. */
export function inquiryFacts(entry: TimelineEntry, sourceName: (key: string, label: string) => string): string[] {
  const { source, source_label: label, interest } = entry.payload
  return [sourceName(said(source), said(label)), said(interest)].filter((part) => part !== '')
}

type Say = (key: TalkWord) => string
type TalkWord = `leads.talk.${'call.in' | 'call.out' | 'call.missed' | 'meeting'}` | `leads.talk.outcomes.${CallOutcome}` | `leads.talk.meetings.${MeetingOutcome}`

const isOne = <T extends string>(value: unknown, known: readonly T[]): value is T => (known as readonly unknown[]).includes(value)

/** How a call went, in words: which way, how it ended, how long it took. */
export function callFacts(entry: TimelineEntry, say: Say, language: string): string[] {
  const { outcome, seconds } = entry.payload
  const incoming = entry.direction === 'in'
  if (incoming && outcome === 'no_answer') return [say('leads.talk.call.missed')]
  return [
    say(incoming ? 'leads.talk.call.in' : 'leads.talk.call.out'),
    isOne(outcome, OUTCOMES.out) ? say(`leads.talk.outcomes.${outcome}`) : '',
    typeof seconds === 'number' && seconds > 0 ? lasted(seconds * 1000, language) : '',
  ].filter((part) => part !== '')
}

/** When a meeting is or was, and what came of it. */
export function meetingFacts(entry: TimelineEntry, say: Say, language: string): string[] {
  const { starts_at: starts, ends_at: ends, outcome } = entry.payload
  return [
    say('leads.talk.meeting'),
    isOne(outcome, MEETING_OUTCOMES) ? say(`leads.talk.meetings.${outcome}`) : '',
    typeof starts === 'string' ? dateTime(starts, language) : '',
    typeof starts === 'string' && typeof ends === 'string' ? lasted(new Date(ends).getTime() - new Date(starts).getTime(), language) : '',
  ].filter((part) => part !== '')
}

/** What was written down when the lead was lost. */
export function lossNote(entry: TimelineEntry): string {
  return said((entry.payload.lost as Values | undefined)?.note)
}
