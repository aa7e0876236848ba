import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import type { OfferedField, Offers } from '@/api/automations'
import { TemplateText } from './TemplateText'
import type { ChoicesOf } from './words'

type Values = Record<string, unknown>
type Props = { fields: readonly OfferedField[]; values: Values; choicesOf: ChoicesOf; /** What texts may name. */ variables?: Offers['variables']; onChange: (values: Values) => void }

/** The options of a trigger or the parameters of an action, each by its own kind of field. */
export function OfferFields({ fields, values, choicesOf, variables = [], onChange }: Props) {
  return fields.map((field) => (
    <OneField
      key={field.key}
      field={field}
      value={values[field.key]}
      choicesOf={choicesOf}
      variables={variables}
      onChange={(value) => {
        const { [field.key]: _, ...others } = values
        onChange(value === undefined || value === '' || value === null ? others : { ...others, [field.key]: value })
      }}
    />
  ))
}

type OneProps = { field: OfferedField; value: unknown; choicesOf: ChoicesOf; variables: Offers['variables']; onChange: (value: unknown) => void }

function OneField({ field, value, choicesOf, variables, onChange }: OneProps) {
  const { label, type, required } = field
  const shared = { label, required, withAsterisk: required }
  const choices = choicesOf(field).map((choice) => ({ value: choice.value, label: choice.label }))
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  if (type === 'multi_choice') return <MultiSelect {...shared} data={choices} value={Array.isArray(value) ? value.map(String) : []} onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)} />
  if (choices.length > 0) return <Select {...shared} data={choices} searchable clearable={!required} allowDeselect={!required} value={text === '' ? null : text} onChange={onChange} />
  if (type === 'bool') return <Switch label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked ? true : undefined)} />
  if (type === 'number' || type === 'money') return <NumberInput {...shared} dir="ltr" hideControls value={typeof value === 'number' ? value : text} onChange={(given) => onChange(typeof given === 'number' ? given : undefined)} />
  if (type === 'long_text') return <TemplateText {...shared} value={linesOf(value)} variables={variables} onChange={onChange} />
  if (type === 'url') return <TextInput {...shared} type="url" inputMode="url" dir="ltr" value={text} onChange={(event) => onChange(event.currentTarget.value)} />
  return <TextInput {...shared} dir="auto" value={text} onChange={(event) => onChange(event.currentTarget.value)} />
}

/** Values of a template may be an object; people write them as one "name: text" per line. */
function linesOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, text]) => `${name}: ${String(text)}`)
    .join('\n')
}

/** Whether everything that is needed is there. */
export function isFilled(fields: readonly OfferedField[], values: Values): boolean {
  return fields.every(({ key, required }) => !required || (values[key] !== undefined && values[key] !== ''))
}
