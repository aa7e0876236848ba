import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconListCheck, IconTrash } from '@tabler/icons-react'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewStage, SetUpStage } from '@/api/pipelines'
import type { Pipeline } from '@/api/shapes'
import { dragged, dropped } from '@/dnd/drag'
import { AutoField, AutoNumber } from '@/ui/AutoField'
import { Dialog } from '@/ui/Dialog'
import { Section } from '@/ui/Screen'
import { AsksDialog } from './AsksDialog'
import { beside, stepTo } from './order'
import styles from './Pipelines.module.css'

/** The first colours of new stages, far enough from each other. */
const COLOURS = ['#4b83d9', '#1f9aa8', '#8b5cc7', '#d98224', '#2b9a5d', '#8c8c99']

type StageFields = Partial<Pick<SetUpStage, 'name' | 'colour' | 'probability' | 'rots_after_days' | 'position' | 'required_fields'>>
type Props = {
  pipeline: Pipeline
  several: boolean
  disabled: boolean
  tools: ReactNode
  onRename: (name: string) => void
  onChange: (stage: SetUpStage, fields: StageFields) => void
  onAdd: (stage: Omit<NewStage, 'pipeline_id'>) => Promise<void>
  onRemove: (stage: SetUpStage, to: string | undefined) => Promise<void>
}

/** The stages of a pipeline in their order. */
export function Stages({ pipeline, several, disabled, tools, onRename, onChange, onAdd, onRemove }: Props) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const [asking, setAsking] = useState<SetUpStage>()
  const [removing, setRemoving] = useState<SetUpStage>()
  const stages = pipeline.stages.toSorted((one, other) => one.position - other.position)
  const ids = stages.map(({ id }) => id)
  const open = stages.filter(({ kind }) => kind === 'open')
  return (
    <Section title={several ? pipeline.name : t('settings.stages.stages')} action={!disabled && <Button onClick={() => setAdding(true)}>{t('settings.stages.addStage')}</Button>}>
      {several && <AutoField label={t('settings.stages.name')} value={pipeline.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={onRename} />}
      <div className={styles.heads} aria-hidden>
        <span>{t('settings.stages.name')}</span>
        <span>{t('settings.stages.probability')}</span>
        <span>{t('settings.stages.rots')}</span>
      </div>
      <ol className={styles.stages}>
        {stages.map((stage) => (
          <StageLine
            key={stage.id}
            stage={stage}
            disabled={disabled}
            up={stepTo(ids, stage.id, -1)}
            down={stepTo(ids, stage.id, 1)}
            removable={stage.kind === 'open' && open.length > 1}
            onChange={(fields) => onChange(stage, fields)}
            onAsk={() => setAsking(stage)}
            onDropped={(id) => {
              const moved = stages.find((one) => one.id === id)
              if (moved && moved.id !== stage.id) onChange(moved, { position: beside(ids, moved.id, stage.id) })
            }}
            onRemove={() => setRemoving(stage)}
          />
        ))}
      </ol>
      {tools}
      {asking && (
        <AsksDialog
          stage={asking}
          onClose={() => setAsking(undefined)}
          onSave={(required_fields) => {
            onChange(asking, { required_fields })
            setAsking(undefined)
          }}
        />
      )}
      {adding && (
        <AddDialog
          onClose={() => setAdding(false)}
          onAdd={async (name) => {
            await onAdd({ name, position: open.length, colour: COLOURS[open.length % COLOURS.length] ?? '#4b83d9', probability: 50, kind: 'open' })
            setAdding(false)
          }}
        />
      )}
      {removing && (
        <RemoveDialog
          stage={removing}
          others={stages.filter((one) => one.kind === removing.kind && one.id !== removing.id)}
          onClose={() => setRemoving(undefined)}
          onRemove={async (to) => {
            await onRemove(removing, to)
            setRemoving(undefined)
          }}
        />
      )}
    </Section>
  )
}

type LineProps = {
  stage: SetUpStage
  disabled: boolean
  up: number | undefined
  down: number | undefined
  removable: boolean
  onChange: (fields: StageFields) => void
  onAsk: () => void
  onDropped: (id: string) => void
  onRemove: () => void
}

function StageLine({ stage, disabled, up, down, removable, onChange, onAsk, onDropped, onRemove }: LineProps) {
  const { t } = useTranslation()
  const days = (text: string) => (text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 365) ? undefined : t('settings.stages.rotsWrong'))
  const open = stage.kind === 'open'
  const drag = useMemo(() => dragged('stage', stage.id), [stage.id])
  return (
    <li ref={dropped('stage', onDropped)} className={styles.stage}>
      <input type="color" className={styles.colour} aria-label={t('settings.stages.colour', { name: stage.name })} value={stage.colour} disabled={disabled} onChange={(event) => onChange({ colour: event.target.value })} />
      <AutoField hiddenLabel label={t('settings.stages.name')} value={stage.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={(name) => onChange({ name })} />
      {open ? (
        <AutoNumber hiddenLabel label={t('settings.stages.probability')} value={stage.probability} min={0} max={100} wrong={t('settings.stages.percent')} suffix="%" disabled={disabled} onSave={(probability) => onChange({ probability })} />
      ) : (
        <span style={{ fontSize: 13, color: 'var(--ink2)' }}>{t(`settings.stages.kind.${stage.kind}`)}</span>
      )}
      {open ? (
        <AutoField
          hiddenLabel
          label={t('settings.stages.rots')}
          dir="ltr"
          placeholder={t('settings.stages.rotsNever')}
          value={stage.rots_after_days === null ? '' : String(stage.rots_after_days)}
          suffix={t('settings.stages.days')}
          check={days}
          disabled={disabled}
          onSave={(text) => onChange({ rots_after_days: text === '' ? null : Number(text) })}
        />
      ) : (
        <span />
      )}
      <div className={styles.tools}>
        {!disabled && (
          <>
            <span ref={drag} className={styles.grip} title={t('settings.stages.grip', { name: stage.name })} aria-hidden>
              <IconGripVertical size={16} />
            </span>
            <ActionIcon variant={stage.required_fields.length > 0 ? 'light' : 'subtle'} aria-label={t('settings.stages.asks', { name: stage.name })} title={t('settings.stages.asks', { name: stage.name })} onClick={onAsk}>
              <IconListCheck size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t('ui.up', { label: stage.name })} disabled={up === undefined} onClick={() => up !== undefined && onChange({ position: up })}>
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t('ui.down', { label: stage.name })} disabled={down === undefined} onClick={() => down !== undefined && onChange({ position: down })}>
              <IconArrowDown size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t('settings.stages.removeTitle', { name: stage.name })} disabled={!removable} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </>
        )}
      </div>
    </li>
  )
}

function AddDialog({ onAdd, onClose }: { onAdd: (name: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  return (
    <Dialog title={t('settings.stages.addStage')} submit={t('ui.add')} disabled={name.trim() === ''} onClose={onClose} onSubmit={() => onAdd(name.trim())}>
      <TextInput label={t('settings.stages.name')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
    </Dialog>
  )
}

type RemoveProps = { stage: SetUpStage; others: readonly SetUpStage[]; onRemove: (to: string | undefined) => Promise<void>; onClose: () => void }

function RemoveDialog({ stage, others, onRemove, onClose }: RemoveProps) {
  const { t } = useTranslation()
  const [to, setTo] = useState(others[0]?.id)
  return (
    <Dialog title={t('settings.stages.removeTitle', { name: stage.name })} submit={t('ui.delete')} danger onClose={onClose} onSubmit={() => onRemove(to)}>
      <Select label={t('settings.stages.removeTo')} allowDeselect={false} data={others.map(({ id, name }) => ({ value: id, label: name }))} value={to ?? null} onChange={(id) => setTo(id ?? undefined)} />
    </Dialog>
  )
}
