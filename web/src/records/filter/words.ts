import type { Condition, Field, Tree } from '@/api/filters'
import { valueKind } from './tree'

type Words = { op: (op: string) => string; all: string; any: string; not: string; money: (minor: number) => string }

/** A condition tree as people read it, in the language of the screen. */
export function describe(tree: Tree, fields: readonly Field[], words: Words): string {
  if (Object.keys(tree).length === 0) return ''
  if ('not' in tree) return `${words.not} (${describe(tree.not, fields, words)})`
  const joined = (parts: Tree[], by: string) =>
    parts.map((part) => ('all' in part || 'any' in part ? `(${describe(part, fields, words)})` : describe(part, fields, words))).join(` ${by} `)
  if ('all' in tree) return joined(tree.all, words.all)
  if ('any' in tree) return joined(tree.any, words.any)
  return line(tree as Condition, fields, words)
}

function line({ field: key, op, value }: Condition, fields: readonly Field[], words: Words): string {
  const field = fields.find((one) => one.key === key)
  const name = field?.label ?? key
  if (valueKind(op) === 'none') return `${name} ${words.op(op)}`
  const said = (one: unknown) => {
    const label = field?.choices.find((choice) => choice.value === one)?.label
    if (label !== undefined) return label
    if (field?.type === 'money' && typeof one === 'number') return words.money(one)
    return typeof one === 'string' || typeof one === 'number' ? String(one) : JSON.stringify(one)
  }
  return `${name} ${words.op(op)} ${Array.isArray(value) ? value.map(said).join(valueKind(op) === 'pair' ? ' – ' : ', ') : said(value)}`
}
