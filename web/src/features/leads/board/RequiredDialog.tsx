import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { FieldInput } from '@/records/FieldInput'
import { readValue } from '@/records/values'
import { Dialog } from '@/ui/Dialog'
import { useMembers } from '../lists'

type Props = { stage: string; fields: readonly Field[]; currency: string; onFill: (values: Record<string, unknown>) => void; onClose: () => void }

/** What a stage asks for before a lead comes in: filled here, and moved with it. */
export function RequiredDialog({ stage, fields, currency, onFill, onClose }: Props) {
  const { t } = useTranslation()
  const members = useMembers()
  const [drafts, setDrafts] = useState<Record<string, string>>({})
  const [tried, setTried] = useState(false)
  const value = (field: Field) => readValue(field, drafts[field.key] ?? '', currency)
  const problem = (field: Field) => {
    const found = value(field)
    if (found === undefined) return t('leads.field.needNumber')
    return found === null || (field.key === 'value_minor' && found === 0) ? t('leads.field.needValue') : undefined
  }
  const draft = (key: string, text: string) => setDrafts((before) => ({ ...before, [key]: text }))

  function submit(): void {
    setTried(true)
    if (fields.every((field) => problem(field) === undefined)) onFill(Object.fromEntries(fields.map((field) => [field.key, value(field)])))
  }
  return (
    <Dialog title={t('leads.required.title', { stage })} submit={t('leads.required.submit')} onSubmit={submit} onClose={onClose}>
      {fields.map((field) =>
        field.type === 'member' ? (
          <Select
            key={field.key}
            label={field.label}
            required
            data={members.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
            value={drafts[field.key] ?? null}
            error={tried ? problem(field) : undefined}
            onChange={(id) => draft(field.key, id ?? '')}
          />
        ) : (
          <FieldInput key={field.key} field={{ ...field, required: true }} draft={drafts[field.key] ?? ''} error={tried ? problem(field) : undefined} onDraft={(text) => draft(field.key, text)} />
        ),
      )}
    </Dialog>
  )
}
