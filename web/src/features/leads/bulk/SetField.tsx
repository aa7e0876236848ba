import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { useMe } from '@/api/me'
import { FieldInput } from '@/records/FieldInput'
import { readValue } from '@/records/values'
import { Dialog } from '@/ui/Dialog'
import { useLeadFields } from '../lists'

type Props = { onClose: () => void; onSet: (values: Record<string, unknown>) => Promise<void> }

const SETTABLE = new Set(['source', 'campaign', 'interest', 'competitor', 'lead_type', 'next_step', 'next_step_at'])
const own = (field: Field) => field.key.replace(/^custom\./, '')

/** One field of many leads gets one value; an empty one takes the values away. */
export function SetField({ onClose, onSet }: Props) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  const fields = useLeadFields().filter((field) => field.writable && (field.custom || SETTABLE.has(field.key)))
  const [key, setKey] = useState<string | null>(null)
  const [draft, setDraft] = useState('')
  const field = fields.find((one) => one.key === key)
  const value = field && readValue(field, draft, workspace.currency)
  const wrong = field !== undefined && value === undefined
  return (
    <Dialog
      title={t('leads.bulk.setTitle')}
      submit={t('leads.bulk.submitSet')}
      disabled={field === undefined || wrong}
      onClose={onClose}
      onSubmit={() => field && onSet(field.custom ? { custom: { [own(field)]: value } } : { [field.key]: value })}
    >
      <Select
        label={t('leads.bulk.field')}
        searchable
        data-autofocus
        data={fields.map((one) => ({ value: one.key, label: one.label }))}
        value={key}
        onChange={(to) => {
          setKey(to)
          setDraft('')
        }}
      />
      {field && <FieldInput field={field} draft={draft} error={wrong ? t('leads.bulk.notAValue') : undefined} onDraft={setDraft} />}
    </Dialog>
  )
}
