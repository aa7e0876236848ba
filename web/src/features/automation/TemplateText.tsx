import { Select, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offers } from '@/api/automations'

type Props = { label: string; required: boolean; withAsterisk: boolean; value: string; variables: Offers['variables']; onChange: (text: string) => void }

/** A text with places that are filled from the lead; a place is put where the cursor stands. */
export function TemplateText({ value, variables, onChange, ...shared }: Props) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  function insert(key: string): void {
    const place = `{{${key}}}`
    const { selectionStart: from, selectionEnd: to } = area.current ?? { selectionStart: value.length, selectionEnd: value.length }
    onChange(value.slice(0, from) + place + value.slice(to))
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(from + place.length, from + place.length)
    })
  }
  return (
    <div style={{ display: 'grid', gap: 4 }}>
      <Textarea {...shared} ref={area} dir="auto" autosize minRows={2} maxRows={10} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      {variables.length > 0 && (
        <Select
          size="xs"
          aria-label={t('flow.automation.insertInto', { field: shared.label })}
          placeholder={t('flow.automation.insert')}
          searchable
          nothingFoundMessage={t('ui.noMatches')}
          data={variables.map(({ key, label }) => ({ value: key ?? '', label: label ?? key ?? '' }))}
          value={null}
          onChange={(key) => key !== null && insert(key)}
        />
      )}
    </div>
  )
}
