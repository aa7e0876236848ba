import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SetUpStage } from '@/api/pipelines'
import { useLeadFields } from '@/records/filter/useFields'
import { Dialog } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'

type Props = { stage: SetUpStage; onSave: (fields: string[]) => void; onClose: () => void }

/** What a lead must have before it comes into a stage. */
export function AsksDialog({ stage, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(stage.required_fields)
  const fields = useLeadFields().filter((field) => field.writable && field.type !== 'stage')
  const shown = asked.filter((key) => fields.length === 0 || fields.some((field) => field.key === key))
  return (
    <Dialog title={t('settings.stages.asks', { name: stage.name })} submit={t('ui.save')} onClose={onClose} onSubmit={() => onSave(shown)}>
      <Note>{t('settings.stages.asksHint')}</Note>
      <MultiSelect label={t('settings.stages.asksFields')} searchable data={fields.map(({ key, label }) => ({ value: key, label }))} value={shown} onChange={setAsked} />
    </Dialog>
  )
}
