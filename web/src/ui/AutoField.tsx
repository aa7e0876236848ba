import { Textarea, TextInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'

type Props = {
  label: string
  value: string
  description?: string | undefined
  placeholder?: string | undefined
  type?: 'text' | 'email' | 'tel' | 'number' | 'url' | 'time'
  dir?: 'auto' | 'ltr'
  multiline?: boolean
  disabled?: boolean
  suffix?: string | undefined
  autoComplete?: string
  width?: number
  hiddenLabel?: boolean
  /** A sentence when the text cannot be saved; undefined when it can. */
  check?: (text: string) => string | undefined
  onSave: (text: string) => void
}

/** A field that saves itself: on Enter and on leaving it; Escape brings back what was saved. */
export function AutoField(props: Props) {
  const { label, value, description, placeholder, type = 'text', dir = 'auto', multiline = false, disabled = false, suffix, autoComplete, width, hiddenLabel = false, check, onSave } = props
  const [draft, setDraft] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const text = draft ?? value

  function stop(): void {
    setDraft(undefined)
    setWrong(undefined)
  }
  function save(): void {
    if (draft === undefined) return
    const cleaned = draft.trim()
    if (cleaned === value) return stop()
    const problem = check?.(cleaned)
    if (problem !== undefined) return setWrong(problem)
    stop()
    onSave(cleaned)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && draft !== undefined) {
      // The first Escape is for the field, not for the dialog around it.
      event.stopPropagation()
      stop()
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      save()
    }
  }
  const shared = {
    ...(hiddenLabel ? { 'aria-label': label } : { label }),
    description,
    placeholder,
    dir,
    disabled,
    error: wrong,
    value: text,
    onKeyDown,
    onBlur: save,
    ...(width !== undefined && { w: width }),
  }
  if (multiline) return <Textarea {...shared} autosize minRows={2} maxRows={8} onChange={(event) => setDraft(event.currentTarget.value)} />
  return (
    <TextInput
      {...shared}
      type={type === 'number' ? 'text' : type}
      inputMode={type === 'number' ? 'numeric' : undefined}
      autoComplete={autoComplete ?? 'off'}
      rightSection={suffix === undefined ? undefined : <span style={{ fontSize: 12, color: 'var(--ink2)', whiteSpace: 'nowrap', paddingInlineEnd: 8 }}>{suffix}</span>}
      rightSectionWidth={suffix === undefined ? undefined : 'auto'}
      onChange={(event) => setDraft(event.currentTarget.value)}
    />
  )
}

type NumberProps = Omit<Props, 'value' | 'onSave' | 'check' | 'type'> & {
  value: number
  min: number
  max: number
  /** Said when the number is not between the two. */
  wrong: string
  onSave: (value: number) => void
}

/** A whole number that saves itself. */
export function AutoNumber({ value, min, max, wrong, onSave, ...rest }: NumberProps) {
  const check = (text: string) => {
    const given = Number(text)
    return /^-?\d+$/.test(text) && given >= min && given <= max ? undefined : wrong
  }
  return <AutoField {...rest} type="number" dir="ltr" value={String(value)} check={check} onSave={(text) => onSave(Number(text))} />
}
