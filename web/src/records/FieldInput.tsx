import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'

type Props = { field: Field; draft: string; error?: string | undefined; onDraft: (draft: string) => void }

const TYPES: Partial<Record<Field['type'], string>> = { date: 'date', datetime: 'datetime-local', email: 'email', phone: 'tel', url: 'url' }

/** A described field in a form; the draft is text until the form is sent. */
export function FieldInput({ field, draft, error, onDraft }: Props) {
  const { t } = useTranslation()
  const shared = { label: field.label, error, required: field.required, withAsterisk: field.required }
  const choices = field.choices.map(({ value, label }) => ({ value, label }))
  if (field.type === 'bool') {
    const data = [
      { value: 'true', label: t('leads.field.yes') },
      { value: 'false', label: t('leads.field.no') },
    ]
    return <Select {...shared} clearable data={data} value={draft || null} onChange={(value) => onDraft(value ?? '')} />
  }
  if (field.type === 'choice') return <Select {...shared} clearable searchable data={choices} value={draft || null} onChange={(value) => onDraft(value ?? '')} />
  if (field.type === 'multi_choice') return <MultiSelect {...shared} data={choices} value={draft === '' ? [] : draft.split(',')} onChange={(values) => onDraft(values.join(','))} />
  if (field.type === 'long_text') return <Textarea {...shared} dir="auto" autosize minRows={2} value={draft} onChange={(event) => onDraft(event.currentTarget.value)} />
  const numeric = field.type === 'number' || field.type === 'money'
  return <TextInput {...shared} type={TYPES[field.type] ?? 'text'} dir={numeric ? 'ltr' : 'auto'} inputMode={numeric ? 'decimal' : undefined} autoComplete="off" value={draft} onChange={(event) => onDraft(event.currentTarget.value)} />
}
