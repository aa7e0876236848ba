import type { TFunction } from 'i18next'
import type { Field } from '@/api/filters'

/** The server describes its fields in English; where this language has a word for one, that is what people see. */
export function described(fields: readonly Field[], t: TFunction): Field[] {
  return fields.map((field) => {
    if (field.custom || field.of !== '') return field
    const key = field.key.replace('.', '_')
    const choices = field.key === 'source' || field.key === 'first_source' ? field.choices.map((choice) => ({ ...choice, label: sourceWord(choice.value, choice.label, t) })) : field.choices
    return { ...field, choices, label: t(`leads.described.${key}` as 'leads.described.name', { defaultValue: field.label }) }
  })
}

/** Where a lead came from, in this language; a source nobody has translated keeps its own label. */
export function sourceWord(key: string, label: string, t: TFunction): string {
  return t(`leads.sources.${key}` as 'leads.sources.api', { defaultValue: label })
}
