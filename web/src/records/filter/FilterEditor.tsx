import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { Note } from '@/ui/Screen'
import styles from './FilterEditor.module.css'
import { type Draft, type Line, withField, withOp } from './tree'
import { ValueField } from './ValueField'

type Props = {
  /** Null for a tree with more levels than lines can show. */
  draft: Draft | null
  /** The tree in words, for the one that cannot be edited here. */
  sentence?: string
  fields: readonly Field[]
  currency: string
  disabled?: boolean
  onChange: (draft: Draft) => void
}

/** Conditions as lines: a field, an operator, a value. */
export function FilterEditor({ draft, sentence, fields, currency, disabled = false, onChange }: Props) {
  const { t } = useTranslation()
  if (!draft) return <Note tone="warm">{t('flow.filter.tooDeep', { sentence })}</Note>
  const { match, lines } = draft
  const put = (at: number, line: Line) => onChange({ match, lines: lines.map((one, index) => (index === at ? line : one)) })
  const [first] = fields

  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {lines.length === 0 && <div className={styles.word}>{t('flow.filter.always')}</div>}
      {lines.length > 1 && (
        <div className={styles.word}>
          <SegmentedControl
            size="xs"
            aria-label={t('flow.filter.match')}
            disabled={disabled}
            value={match}
            data={[
              { value: 'all', label: t('flow.filter.all') },
              { value: 'any', label: t('flow.filter.any') },
            ]}
            onChange={(value) => onChange({ match: value === 'any' ? 'any' : 'all', lines })}
          />
        </div>
      )}
      <ul className={styles.lines}>
        {lines.map((line, index) => (
          <FilterLine
            // Lines have no name of their own; their place is what they are.
            key={`${index}-${line.field}`}
            line={line}
            fields={fields}
            currency={currency}
            disabled={disabled}
            onChange={(next) => put(index, next)}
            onRemove={() => onChange({ match, lines: lines.filter((_, at) => at !== index) })}
          />
        ))}
      </ul>
      {!disabled && first && (
        <div>
          <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange({ match, lines: [...lines, withField(first)] })}>
            {t('flow.filter.add')}
          </Button>
        </div>
      )}
    </div>
  )
}

type LineProps = { line: Line; fields: readonly Field[]; currency: string; disabled: boolean; onChange: (line: Line) => void; onRemove: () => void }

function FilterLine({ line, fields, currency, disabled, onChange, onRemove }: LineProps) {
  const { t } = useTranslation()
  const field = fields.find((one) => one.key === line.field)
  const word = (op: string) => t(`flow.op.${op}` as 'flow.op.eq', { defaultValue: op })
  return (
    <li className={styles.line}>
      <Select
        aria-label={t('flow.filter.field')}
        data={fields.map(({ key, label }) => ({ value: key, label }))}
        value={line.field}
        searchable
        allowDeselect={false}
        disabled={disabled}
        onChange={(key) => {
          const chosen = fields.find((one) => one.key === key)
          if (chosen && chosen.key !== line.field) onChange(withField(chosen))
        }}
      />
      <Select
        aria-label={t('flow.filter.op')}
        data={(field?.ops ?? [line.op]).map((op) => ({ value: op, label: word(op) }))}
        value={line.op}
        allowDeselect={false}
        disabled={disabled}
        onChange={(op) => op !== null && onChange(withOp(line, op))}
      />
      {field && <ValueField key={line.op} field={field} line={line} currency={currency} disabled={disabled} onChange={(value) => onChange({ ...line, value })} />}
      {!disabled && (
        <ActionIcon className={styles.remove} aria-label={t('flow.filter.remove')} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
