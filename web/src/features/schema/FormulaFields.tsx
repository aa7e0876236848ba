import { Select, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { COMPUTED_TYPES, type OwnField } from '@/api/fields'
import type { Field } from '@/api/filters'

type Type = OwnField['type']
type Props = { fields: readonly Field[]; type: Type; fixed: boolean; formula: string; onType: (type: Type) => void; onFormula: (formula: string) => void }

const UNUSABLE = new Set<Field['type']>(['multi_choice', 'tags', 'member', 'team', 'stage'])

/** How a field is computed: what comes out, of which fields, and the formula itself. */
export function FormulaFields({ fields, type, fixed, formula, onType, onFormula }: Props) {
  const { t } = useTranslation()
  const input = useRef<HTMLTextAreaElement>(null)
  const usable = fields.filter((field) => field.formula === '' && !UNUSABLE.has(field.type))

  function insert(key: string | null): void {
    if (key === null) return
    const at = input.current?.selectionStart ?? formula.length
    onFormula(`${formula.slice(0, at)}${key}${formula.slice(input.current?.selectionEnd ?? at)}`)
    input.current?.focus()
  }
  return (
    <>
      <Select label={t('settings.fields.result')} allowDeselect={false} disabled={fixed} data={COMPUTED_TYPES.map((value) => ({ value, label: t(`settings.fields.types.${value}`) }))} value={type} onChange={(value) => onType(value ?? 'number')} />
      <Textarea ref={input} label={t('settings.fields.formula')} description={t('settings.fields.formulaHint')} dir="ltr" autosize minRows={2} maxLength={1000} spellCheck={false} value={formula} onChange={(event) => onFormula(event.currentTarget.value)} />
      <Select label={t('settings.fields.insert')} searchable clearable data={usable.map((field) => ({ value: field.key, label: field.label }))} value={null} onChange={insert} />
    </>
  )
}
