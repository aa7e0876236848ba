import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FIELD_TYPES, type FieldsOf, type OwnField } from '@/api/fields'
import type { Field } from '@/api/filters'
import { Dialog } from '@/ui/Dialog'
import { choicesOf, linesOf } from './choices'
import { FormulaFields } from './FormulaFields'

const FORMULA = 'formula'
const FILE = 'file'

type Props = { object: FieldsOf; fields: readonly Field[]; field: Field | undefined; /** What a new field is about, where that is known. */ begun?: { label: string; type: OwnField['type'] } | undefined; onSave: (field: OwnField) => Promise<void>; onClose: () => void }

/** A field of the workspace's own: what it is called, what kind it is, what may be chosen. */
export function OwnFieldDialog({ object, fields, field, begun, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [label, setLabel] = useState(field?.label ?? begun?.label ?? '')
  const [type, setType] = useState<OwnField['type']>((field?.type as OwnField['type'] | undefined) ?? begun?.type ?? 'text')
  const [lines, setLines] = useState(linesOf(field?.choices ?? []))
  const [required, setRequired] = useState(field?.required ?? false)
  const [formula, setFormula] = useState(field?.formula ?? '')
  const [computed, setComputed] = useState((field?.formula ?? '') !== '')
  const chosen = !computed && (type === 'choice' || type === 'multi_choice')
  const choices = chosen ? choicesOf(lines, field?.choices ?? []) : []
  return (
    <Dialog
      title={field ? t('settings.fields.edit', { label: field.label }) : t('settings.fields.add')}
      submit={t(field ? 'ui.save' : 'ui.add')}
      disabled={label.trim() === '' || (chosen && choices.length === 0) || (computed && formula.trim() === '')}
      onClose={onClose}
      onSubmit={() => onSave({ label: label.trim(), type, choices, required: required && !computed, formula: computed ? formula.trim() : '' })}
    >
      <TextInput label={t('settings.fields.label')} dir="auto" data-autofocus value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
      <Select
        label={t('settings.fields.type')}
        allowDeselect={false}
        disabled={field !== undefined}
        data={[...FIELD_TYPES, ...(object === 'lead' && !begun ? ([FILE, FORMULA] as const) : [])].map((value) => ({ value, label: t(`settings.fields.types.${value}`) }))}
        value={computed ? FORMULA : type}
        onChange={(value) => {
          setComputed(value === FORMULA)
          setType(value === FORMULA ? 'number' : (value ?? 'text'))
        }}
      />
      {chosen && <Textarea label={t('settings.fields.choices')} dir="auto" autosize minRows={3} value={lines} onChange={(event) => setLines(event.currentTarget.value)} />}
      {computed && <FormulaFields fields={fields} type={type} fixed={field !== undefined} formula={formula} onType={setType} onFormula={setFormula} />}
      {!computed && <Checkbox label={t('settings.fields.required')} checked={required} onChange={(event) => setRequired(event.currentTarget.checked)} />}
    </Dialog>
  )
}
