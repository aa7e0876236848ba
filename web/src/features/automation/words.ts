import type { OfferedField, Offers } from '@/api/automations'
import type { Choice, Field } from '@/api/filters'

/** The choices a field of an offer has here: its own, or the workspace's people, teams and stages. */
export type ChoicesOf = (field: OfferedField) => readonly Pick<Choice, 'value' | 'label'>[]

const OWN = ['member', 'team', 'stage']

/** The choices of options and parameters: one that means a person, a team or a stage has those of the lead's own field. */
export function choicesFrom(fields: readonly Field[]): ChoicesOf {
  return (field) => (field.choices.length > 0 ? (field.choices as { value: string; label: string }[]) : (fields.find((one) => one.type === field.type && one.choices.length > 0 && OWN.includes(one.type))?.choices ?? []))
}

const UNITS = { m: 'minute', h: 'hour', d: 'day', w: 'week' } as const

/** "2h" as people of a language say it; as it stands when it is no length of time. */
export function spanWords(text: string, language: string): string {
  const found = /^(\d+)\s*([mhdw])$/.exec(text.trim())
  if (!found) return text
  return new Intl.NumberFormat(language, { style: 'unit', unit: UNITS[found[2] as keyof typeof UNITS], unitDisplay: 'long' }).format(Number(found[1]))
}

/** What a value means to people: the labels of its choices, and texts as they are. */
export function valueWords(field: OfferedField | undefined, value: unknown, choicesOf: ChoicesOf): string {
  const choices = field ? choicesOf(field) : []
  const one = (given: unknown) => choices.find((choice) => choice.value === given)?.label ?? (typeof given === 'string' || typeof given === 'number' ? String(given) : JSON.stringify(given))
  return Array.isArray(value) ? value.map(one).join(', ') : one(value)
}

/** The offer behind a key; undefined when this house no longer offers it. */
export const offerOf = (offers: Offers['actions'], key: string) => offers.find((offer) => offer.key === key)

/** What happens and can end a wait or a run, as choices; what falls due by the clock cannot. */
export const eventsOf = (offers: Offers) => offers.triggers.filter(({ kind }) => kind === 'event').map(({ key, label }) => ({ value: key, label }))

const SECRET = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const TIME = /^\d{4}-\d\d-\d\dT/
const LONGEST = 500

/** What a step was given or what came of it: parameters by their names, other facts as they are; no ids. */
export function factsOf(offer: Offers['actions'][number] | undefined, values: Record<string, unknown>, choicesOf: ChoicesOf): string {
  const told = Object.entries(values).flatMap(([key, value]) => {
    const field = offer?.fields.find((one) => one.key === key)
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return []
    if (field) return [`${field.label}: ${valueWords(field, value, choicesOf).slice(0, LONGEST)}`]
    const plain = Array.isArray(value) ? value.map(String).join(', ') : typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    return plain === '' || SECRET.test(plain) || TIME.test(plain) ? [] : [plain.slice(0, LONGEST)]
  })
  return told.join(' · ')
}
