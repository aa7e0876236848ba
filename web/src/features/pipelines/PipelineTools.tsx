import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pipeline } from '@/api/shapes'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Note } from '@/ui/Screen'

type Props = { pipeline: Pipeline; others: readonly Pipeline[]; onDefault: () => void; onRemove: (to: string | undefined) => Promise<void> }

/** What can be done with a whole pipeline: new leads begin in it, or it goes and its leads go elsewhere. */
export function PipelineTools({ pipeline, others, onDefault, onRemove }: Props) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  if (pipeline.is_default) return others.length > 0 ? <Note>{t('settings.stages.isDefault')}</Note> : null
  return (
    <>
      <Buttons>
        <Button onClick={onDefault}>{t('settings.stages.makeDefault')}</Button>
        <Button color="red" variant="light" onClick={() => setRemoving(true)}>
          {t('ui.delete')}
        </Button>
      </Buttons>
      {removing && <RemoveDialog pipeline={pipeline} others={others} onClose={() => setRemoving(false)} onRemove={onRemove} />}
    </>
  )
}

function RemoveDialog({ pipeline, others, onRemove, onClose }: Pick<Props, 'pipeline' | 'others' | 'onRemove'> & { onClose: () => void }) {
  const { t } = useTranslation()
  const places = others.map((other) => ({ group: other.name, items: other.stages.filter(({ kind }) => kind === 'open').map(({ id, name }) => ({ value: id, label: name })) }))
  const [to, setTo] = useState(places[0]?.items[0]?.value)
  return (
    <Dialog title={t('settings.stages.removePipeline', { name: pipeline.name })} submit={t('ui.delete')} danger onClose={onClose} onSubmit={() => onRemove(to)}>
      <Select label={t('settings.stages.removeTo')} allowDeselect={false} data={places} value={to ?? null} onChange={(id) => setTo(id ?? undefined)} />
    </Dialog>
  )
}

/** Another pipeline, with stages to change. */
export function AddPipeline({ onAdd }: { onAdd: (name: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [name, setName] = useState<string>()
  return (
    <>
      <Button onClick={() => setName('')}>{t('settings.stages.addPipeline')}</Button>
      {name !== undefined && (
        <Dialog
          title={t('settings.stages.addPipeline')}
          submit={t('ui.add')}
          disabled={name.trim() === ''}
          onClose={() => setName(undefined)}
          onSubmit={async () => {
            await onAdd(name.trim())
            setName(undefined)
          }}
        >
          <TextInput label={t('settings.stages.name')} dir="auto" data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </Dialog>
      )}
    </>
  )
}
