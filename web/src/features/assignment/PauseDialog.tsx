import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pause } from '@/api/assignment'
import type { Field } from '@/api/filters'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf } from '@/records/filter/tree'
import { Dialog } from '@/ui/Dialog'
import { Buttons } from '@/ui/Screen'

type Props = { pause: Pause | undefined; fields: readonly Field[]; currency: string; onSave: (pause: Pause) => Promise<void>; onRemove: () => Promise<void>; onClose: () => void }

/** A reason for which a clock stands still, and on which leads. */
export function PauseDialog({ pause, fields, currency, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(pause?.name ?? '')
  const [draft, setDraft] = useState(() => draftOf(pause?.when ?? {}))
  const valid = name.trim() !== '' && (draft === null || (draft.lines.length > 0 && isComplete(draft)))
  return (
    <Dialog
      title={pause?.name ?? t('flow.answer.addPause')}
      submit={t(pause ? 'ui.save' : 'ui.add')}
      size="640px"
      disabled={!valid}
      onClose={onClose}
      onSubmit={() => onSave({ name: name.trim(), when: draft ? treeOf(draft) : (pause?.when ?? {}), sentence: '' })}
    >
      <TextInput label={t('flow.answer.pauseName')} placeholder={t('flow.answer.pauseExample')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <FilterEditor draft={draft} sentence={pause?.sentence ?? ''} fields={fields} currency={currency} onChange={setDraft} />
      {pause && (
        <Buttons>
          <Button color="red" variant="subtle" onClick={() => void onRemove()}>
            {t('ui.delete')}
          </Button>
        </Buttons>
      )}
    </Dialog>
  )
}
