import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { minorDigits, parseMoney } from '@/lib/money'
import { valueKind, type Line } from './tree'

type Props = { field: Field; line: Line; currency: string; disabled: boolean; onChange: (value: unknown) => void }

/** The value of a condition, in the way its field and its operator ask for. */
export function ValueField({ field, line, currency, disabled, onChange }: Props) {
  const { t } = useTranslation()
  const label = t('flow.filter.value')
  const kind = valueKind(line.op)
  if (kind === 'none') return null
  const choices = field.choices.map(({ value, label: name }) => ({ value, label: name }))
  if (kind === 'list') {
    const values = Array.isArray(line.value) ? line.value.map(String) : []
    if (choices.length > 0) return <MultiSelect aria-label={label} data={choices} value={values} searchable disabled={disabled} onChange={onChange} />
    return <TagsInput aria-label={label} dir="auto" value={values} disabled={disabled} onChange={onChange} />
  }
  if (kind === 'span') return <TextInput aria-label={label} dir="ltr" placeholder="7d" description={t('flow.filter.span')} value={shown(line.value)} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value.trim())} />
  if (kind === 'pair') {
    const [from, to] = Array.isArray(line.value) ? (line.value as unknown[]) : ['', '']
    return (
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8 }}>
        <OneField field={field} label={t('flow.filter.from')} value={from} currency={currency} disabled={disabled} onChange={(value) => onChange([value, to])} />
        <OneField field={field} label={t('flow.filter.to')} value={to} currency={currency} disabled={disabled} onChange={(value) => onChange([from, value])} />
      </div>
    )
  }
  if (choices.length > 0) return <Select aria-label={label} data={choices} value={shown(line.value)} searchable allowDeselect={false} disabled={disabled} onChange={onChange} />
  return <OneField field={field} label={label} value={line.value} currency={currency} disabled={disabled} onChange={onChange} />
}

type OneProps = { field: Field; label: string; value: unknown; currency: string; disabled: boolean; onChange: (value: unknown) => void }

function OneField({ field, label, value, currency, disabled, onChange }: OneProps) {
  const { t } = useTranslation()
  if (field.type === 'bool') {
    const data = [
      { value: 'true', label: t('ui.yes') },
      { value: 'false', label: t('ui.no') },
    ]
    return <Select aria-label={label} data={data} value={shown(value)} allowDeselect={false} disabled={disabled} onChange={(chosen) => onChange(chosen === 'true')} />
  }
  if (field.type === 'money') {
    // Kept while it is typed, because "12." is not an amount yet; the server counts in minor units.
    const major = typeof value === 'number' ? String(value / 10 ** minorDigits(currency)) : shown(value)
    return (
      <TextInput
        aria-label={label}
        dir="ltr"
        inputMode="decimal"
        rightSection={<span style={{ fontSize: 12, color: 'var(--ink2)' }}>{currency}</span>}
        rightSectionWidth={44}
        defaultValue={major}
        disabled={disabled}
        onChange={(event) => onChange(parseMoney(event.currentTarget.value, currency) ?? '')}
      />
    )
  }
  const numeric = field.type === 'number'
  const type = field.type === 'date' ? 'date' : field.type === 'datetime' ? 'datetime-local' : 'text'
  return (
    <TextInput
      aria-label={label}
      type={type}
      dir={numeric ? 'ltr' : 'auto'}
      inputMode={numeric ? 'decimal' : undefined}
      value={type === 'datetime-local' ? local(value) : shown(value)}
      disabled={disabled}
      onChange={(event) => onChange(read(event.currentTarget.value, numeric, type))}
    />
  )
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')

function local(value: unknown): string {
  if (typeof value !== 'string' || value === '') return ''
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function read(text: string, numeric: boolean, type: string): unknown {
  if (numeric) return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
  return type === 'datetime-local' && text !== '' ? new Date(text).toISOString() : text
}
