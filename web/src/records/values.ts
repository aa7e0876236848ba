import type { Field } from '@/api/filters'
import { formatMoney, minorDigits, parseMoney } from '@/lib/money'
import { day, dateTime } from '@/lib/time'

type Words = { language: string; currency: string; yes: string; no: string }

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const isListed = ({ type }: Field) => type === 'multi_choice' || type === 'tags'

/** The local wall time that a datetime field holds. */
export function wallTime(at: unknown): string {
  if (typeof at !== 'string' || at === '') return ''
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** A value of a field as people read it; empty when there is none. */
export function shownValue(field: Field, value: unknown, { language, currency, yes, no }: Words): string {
  if (value === null || value === undefined || value === '') return ''
  const named = (one: string) => field.choices.find((choice) => choice.value === one)?.label ?? one
  if (field.type === 'bool') return value === true ? yes : no
  if (field.type === 'file') return text((value as { name?: unknown }).name)
  if (field.type === 'money') return typeof value === 'number' ? formatMoney(value, currency, language) : text(value)
  if (field.type === 'number') return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : text(value)
  if (field.type === 'date') return day(`${text(value)}T12:00:00`, language)
  if (field.type === 'datetime') return dateTime(text(value), language)
  return isListed(field) ? list(value).map(named).join(', ') : named(text(value))
}

/** A value of a field as a person edits it. */
export function draftValue(field: Field, value: unknown, currency: string): string {
  if (field.type === 'money') return typeof value === 'number' ? String(value / 10 ** minorDigits(currency)) : ''
  if (field.type === 'datetime') return wallTime(value)
  return isListed(field) ? list(value).join(', ') : text(value)
}

/** What a person typed as the server takes it: null takes the value away, undefined is not a value of this field. */
export function readValue(field: Field, draft: string, currency: string): unknown {
  const typed = draft.trim()
  if (typed === '') return null
  if (field.type === 'bool') return typed === 'true'
  if (field.type === 'money') return parseMoney(typed, currency) ?? undefined
  if (field.type === 'number') {
    const number = Number(typed.replace(',', '.'))
    return Number.isFinite(number) ? number : undefined
  }
  if (field.type === 'datetime') return new Date(typed).toISOString()
  return isListed(field) ? typed.split(',').map((one) => one.trim()).filter((one) => one !== '') : typed
}
