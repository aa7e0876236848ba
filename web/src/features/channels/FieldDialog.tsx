import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { FIELD_KINDS, type FormField } from '@/api/forms'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Pair } from '@/ui/Screen'
import { keyFor, OWN, STANDARD } from './formFields'

type Props = {
  /** Nothing makes a new one. */
  field: FormField | undefined
  others: readonly FormField[]
  /** The workspace's own fields of leads. */
  custom: readonly Field[]
  onSave: (field: FormField) => void
  onRemove: () => void
  onClose: () => void
}

const NEW: FormField = { key: OWN, label: '', type: 'text', required: false, choices: [], placeholder: '', show_if: null, later: false }

/** One field of a form: what it asks, how, and where the answer goes. */
export function FieldDialog({ field, others, custom, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<FormField>(field ?? NEW)
  const put = (change: Partial<FormField>) => setDraft({ ...draft, ...change })
  const taken = others.map(({ key }) => key)
  const listed = draft.type === 'choice' || draft.type === 'multi_choice'
  const places = [
    { value: OWN, label: t('channels.forms.own') },
    ...STANDARD.filter(({ key }) => !taken.includes(key)).map(({ key }) => ({ value: key, label: t(`channels.forms.standard.${key}` as 'channels.forms.standard.name') })),
    ...custom.filter(({ key }) => !taken.includes(key)).map(({ key, label }) => ({ value: key, label })),
  ]
  const known = places.some(({ value }) => value === draft.key)
  const choices = draft.choices.map((choice) => choice.trim()).filter((choice) => choice !== '')
  const valid = draft.label.trim() !== '' && (!listed || choices.length > 0) && (draft.show_if == null || draft.show_if.equals !== '')

  function choosePlace(key: string | null): void {
    if (key === null) return
    const standard = STANDARD.find((one) => one.key === key)
    const own = custom.find((one) => one.key === key)
    const label = draft.label === '' ? (places.find(({ value }) => value === key)?.label ?? '') : draft.label
    put({ key, ...(key !== OWN && { label }), ...(standard && { type: standard.type }), ...(own && own.choices.length > 0 && { type: 'choice' as const, choices: own.choices.map((one) => one.label) }) })
  }
  return (
    <Dialog
      title={field?.label ?? t('channels.forms.addField')}
      submit={t(field ? 'ui.save' : 'ui.add')}
      size="560px"
      disabled={!valid}
      onClose={onClose}
      onSubmit={() => onSave({ ...draft, label: draft.label.trim(), choices: listed ? choices : [], key: draft.key === OWN ? keyFor(draft.label, taken) : draft.key })}
    >
      <Pair>
        <Select label={t('channels.forms.key')} allowDeselect={false} searchable data={known ? places : [...places, { value: draft.key, label: draft.key }]} value={draft.key} onChange={choosePlace} />
        <TextInput label={t('channels.forms.label')} dir="auto" value={draft.label} onChange={(event) => put({ label: event.currentTarget.value })} />
        <Select label={t('channels.forms.type')} allowDeselect={false} data={FIELD_KINDS.map((kind) => ({ value: kind, label: t(`channels.forms.field.${kind}`) }))} value={draft.type} onChange={(kind) => kind !== null && put({ type: kind })} />
        <TextInput label={t('channels.forms.placeholder')} dir="auto" value={draft.placeholder} onChange={(event) => put({ placeholder: event.currentTarget.value })} />
      </Pair>
      {listed && <Textarea label={t('channels.forms.choices')} dir="auto" autosize minRows={3} value={draft.choices.join('\n')} onChange={(event) => put({ choices: event.currentTarget.value.split('\n') })} />}
      {others.length > 0 && (
        <Pair>
          <Select
            label={t('channels.forms.showIf')}
            data={[{ value: '', label: t('channels.forms.showAlways') }, ...others.map(({ key, label }) => ({ value: key, label }))]}
            allowDeselect={false}
            value={draft.show_if?.field ?? ''}
            onChange={(key) => put({ show_if: key === null || key === '' ? null : { field: key, equals: draft.show_if?.equals ?? '' } })}
          />
          {draft.show_if != null && <Equals field={others.find(({ key }) => key === draft.show_if?.field)} value={draft.show_if.equals} onChange={(equals) => draft.show_if != null && put({ show_if: { ...draft.show_if, equals } })} />}
        </Pair>
      )}
      <Checkbox label={t('channels.forms.required')} checked={draft.required} onChange={(event) => put({ required: event.currentTarget.checked })} />
      <Checkbox label={t('webforms.settings.later')} description={t('webforms.settings.laterHint')} checked={draft.later} onChange={(event) => put({ later: event.currentTarget.checked })} />
      {field && (
        <Buttons>
          <Button color="red" variant="subtle" onClick={onRemove}>
            {t('channels.forms.removeField')}
          </Button>
        </Buttons>
      )}
    </Dialog>
  )
}

function Equals({ field, value, onChange }: { field: FormField | undefined; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation()
  const label = t('channels.forms.equals')
  if (field && field.choices.length > 0) return <Select label={label} allowDeselect={false} data={field.choices} value={value === '' ? null : value} onChange={(chosen) => chosen !== null && onChange(chosen)} />
  return <TextInput label={label} dir="auto" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
}
