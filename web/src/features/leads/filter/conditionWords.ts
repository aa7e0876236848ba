import type { Field } from '@/api/filters'
import type { Line } from '@/records/filter/tree'
import { shownValue } from '@/records/values'

type Words = Parameters<typeof shownValue>[2] & { op: (op: string) => string; names: ReadonlyMap<string, string> }

/** A condition in a few words: "Value at least €5,000". */
export function conditionWords({ field: key, op, value }: Line, fields: readonly Field[], words: Words): string {
  const field = fields.find((one) => one.key === key)
  const one = (part: unknown) => (typeof part === 'string' && words.names.get(part)) || (field ? shownValue({ ...field, type: field.type === 'multi_choice' || field.type === 'tags' ? 'choice' : field.type }, part, words) : String(part))
  const isSpan = typeof value === 'string' && (field?.type === 'date' || field?.type === 'datetime') && /^\d+[mhdw]$/.test(value)
  const shown = value === undefined ? '' : Array.isArray(value) ? value.map(one).join(op === 'between' ? ' – ' : ', ') : isSpan ? value : one(value)
  return [field?.label ?? key, words.op(op), shown].filter((part) => part !== '').join(' ')
}
