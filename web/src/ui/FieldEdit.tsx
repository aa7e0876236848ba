import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './FieldEdit.module.css'

type Props = {
  label: string
  /** What is edited; what is shown may be nicer. */
  value: string
  shown?: ReactNode
  /** What stands there while there is no value. */
  hint?: string
  type?: 'text' | 'email' | 'tel' | 'number' | 'date' | 'datetime-local' | 'multiline' | 'choice'
  choices?: readonly { value: string; label: string }[]
  disabled?: boolean
  /** A sentence when the text cannot be saved; undefined when it can. */
  check?: (text: string) => string | undefined
  onSave: (text: string) => void
}

/** A value that becomes a field when clicked: Enter saves, Escape undoes, leaving it saves. */
export function FieldEdit(props: Props) {
  const { t } = useTranslation()
  const { label, value, shown, hint = t('ui.empty'), disabled = false } = props
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)

  if (editing) {
    const stop = (refocus: boolean) => {
      setEditing(false)
      if (refocus) requestAnimationFrame(() => button.current?.focus())
    }
    return <Editor {...props} onStop={stop} />
  }
  return (
    <button
      ref={button}
      type="button"
      className={value === '' ? `${styles.value} ${styles.empty}` : styles.value}
      disabled={disabled}
      data-field-edit
      onClick={() => setEditing(true)}
    >
      <span className="hidden-visually">{`${t('ui.edit', { label })}: `}</span>
      {value === '' ? disabled ? '–' : hint : <bdi>{shown ?? value}</bdi>}
    </button>
  )
}

function Editor({ label, value, type = 'text', choices = [], check, onSave, onStop }: Props & { onStop: (refocus: boolean) => void }) {
  const [draft, setDraft] = useState(value)
  const [wrong, setWrong] = useState<string>()
  const over = useRef(false)

  function save(text: string, refocus: boolean): void {
    if (over.current) return
    const problem = text === value ? undefined : check?.(text)
    if (problem !== undefined) {
      setWrong(problem)
      return
    }
    over.current = true
    if (text !== value) onSave(text)
    onStop(refocus)
  }

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.key === 'Escape') {
      over.current = true
      onStop(true)
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && (type !== 'multiline' || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      save(draft, true)
    }
  }

  const shared = {
    autoFocus: true,
    className: styles.input,
    'aria-label': label,
    'aria-invalid': wrong !== undefined,
    value: draft,
    onKeyDown,
    onBlur: () => save(draft, false),
  }
  return (
    <>
      {type === 'choice' ? (
        <select {...shared} onChange={(event) => save(event.target.value, true)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : type === 'multiline' ? (
        <textarea {...shared} dir="auto" rows={3} onChange={(event) => setDraft(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={type}
          dir={type === 'tel' || type === 'email' ? 'ltr' : 'auto'}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
      {wrong !== undefined && (
        <p className={styles.wrong} role="alert">
          {wrong}
        </p>
      )}
    </>
  )
}
