import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { FieldEdit } from '@/ui/FieldEdit'
import { draftValue, readValue, shownValue } from './values'

type Props = { field: Field; value: unknown; currency: string; disabled: boolean; onSave: (value: unknown) => void }

const INPUTS = { long_text: 'multiline', date: 'date', datetime: 'datetime-local', email: 'email', phone: 'tel' } as const

/** A described field with its value, edited where it stands. */
export function FieldValue({ field, value, currency, disabled, onSave }: Props) {
  const { t, i18n } = useTranslation()
  const words = { language: i18n.language, currency, yes: t('leads.field.yes'), no: t('leads.field.no') }
  const nothing = { value: '', label: '–' }
  const choices =
    field.type === 'bool'
      ? [nothing, { value: 'true', label: words.yes }, { value: 'false', label: words.no }]
      : field.type === 'choice'
        ? [nothing, ...field.choices.map(({ value: key, label }) => ({ value: key, label }))]
        : undefined
  return (
    <FieldEdit
      label={field.label}
      value={draftValue(field, value, currency)}
      shown={shownValue(field, value, words)}
      type={choices ? 'choice' : (INPUTS[field.type as keyof typeof INPUTS] ?? 'text')}
      {...(choices && { choices })}
      disabled={disabled}
      check={(draft) => (readValue(field, draft, currency) === undefined ? t('leads.field.needNumber') : field.required && draft.trim() === '' ? t('leads.field.needValue') : undefined)}
      onSave={(draft) => onSave(readValue(field, draft, currency))}
    />
  )
}
