import type { FieldKind, FormField } from '@/api/forms'

/** What a form can ask for that a lead has a place for, with the kind of field that fits. */
export const STANDARD: readonly { key: string; type: FieldKind }[] = [
  { key: 'name', type: 'text' },
  { key: 'first_name', type: 'text' },
  { key: 'last_name', type: 'text' },
  { key: 'email', type: 'email' },
  { key: 'phone', type: 'phone' },
  { key: 'company', type: 'text' },
  { key: 'title', type: 'text' },
  { key: 'city', type: 'text' },
  { key: 'country', type: 'text' },
  { key: 'interest', type: 'text' },
  { key: 'value', type: 'number' },
  { key: 'text', type: 'long_text' },
]

/** Where an answer of a form tool can go. */
export const TARGETS = [
  'extra',
  'ignore',
  'name',
  'first_name',
  'last_name',
  'email',
  'phone',
  'company',
  'title',
  'text',
  'interest',
  'value',
  'currency',
  'city',
  'postcode',
  'country',
  'language',
  'source',
  'campaign',
  'page',
  'referrer',
  'consent',
] as const

export const OWN = 'own'

/** A key for a field of its own, made of its label; unlike every other key of the form. */
export function keyFor(label: string, taken: readonly string[]): string {
  const words = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 50)
  const base = words === '' ? 'field' : words
  let key = base
  for (let count = 2; taken.includes(key); count += 1) key = `${base}_${count}`
  return key
}

export type FieldTrouble = 'reach' | 'choices' | 'twice'

/** Why the form cannot be saved with these fields; undefined when it can. */
export function troubleWith(fields: readonly FormField[]): { kind: FieldTrouble; key: string } | undefined {
  const keys = fields.map((field) => field.key)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice !== undefined) return { kind: 'twice', key: twice }
  const empty = fields.find((field) => (field.type === 'choice' || field.type === 'multi_choice') && field.choices.length === 0)
  if (empty) return { kind: 'choices', key: empty.key }
  return fields.some(({ key, later }) => !later && (key === 'email' || key === 'phone')) ? undefined : { kind: 'reach', key: '' }
}

/** The fields without one, and without conditions that depended on it. */
export function without(fields: readonly FormField[], key: string): FormField[] {
  return fields.filter((field) => field.key !== key).map((field) => (field.show_if?.field === key ? { ...field, show_if: null } : field))
}

/** The fields with two neighbours changed over. */
export function swapped(fields: readonly FormField[], at: number, by: -1 | 1): FormField[] {
  const moved = fields[at]
  return moved === undefined ? [...fields] : fields.toSpliced(at, 1).toSpliced(at + by, 0, moved)
}
