import { ActionIcon, Button, Checkbox, Fieldset, NumberInput, Select, Switch } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChainStep } from '@/api/assignment'
import type { Named } from '@/api/shapes'
import { Dialog } from '@/ui/Dialog'
import { Note, Pair } from '@/ui/Screen'
import { inUnit, toMinutes, unitOf, UNITS } from './hours'
import { CARRIERS, isWhole, nextStep, WHOM } from './plan'

const MOST = 10

type Props = { chain: readonly ChainStep[]; people: readonly Named[]; onSave: (chain: ChainStep[]) => Promise<void>; onClose: () => void }

/** The steps of the chain: after how long, who is told and by what, and whether the lead goes on. */
export function ChainDialog({ chain, people, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [steps, setSteps] = useState(() => [...chain])
  const put = (at: number, step: ChainStep) => setSteps(steps.map((one, index) => (index === at ? step : one)))
  return (
    <Dialog title={t('flow.answer.chain')} submit={t('ui.save')} size="640px" disabled={!steps.every(isWhole)} onClose={onClose} onSubmit={() => onSave(steps)}>
      {steps.length === 0 && <Note tone="warm">{t('flow.answer.onlyOwner')}</Note>}
      {steps.map((step, index) => (
        <StepFields
          // Steps have no name of their own; their place is what they are.
          key={index}
          number={index + 1}
          step={step}
          people={people}
          onChange={(next) => put(index, next)}
          onRemove={() => setSteps(steps.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button leftSection={<IconPlus size={16} aria-hidden />} disabled={steps.length >= MOST} onClick={() => setSteps([...steps, nextStep(steps)])}>
          {t('flow.answer.addStep')}
        </Button>
      </div>
    </Dialog>
  )
}

type StepProps = { number: number; step: ChainStep; people: readonly Named[]; onChange: (step: ChainStep) => void; onRemove: () => void }

function StepFields({ number, step, people, onChange, onRemove }: StepProps) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState(() => (step.after_minutes === 0 ? 'minutes' : unitOf(step.after_minutes)))
  return (
    <Fieldset
      legend={
        <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
          {t('flow.answer.step', { number })}
          <ActionIcon size="sm" aria-label={t('flow.answer.removeStep', { number })} onClick={onRemove}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      }
    >
      <div style={{ display: 'grid', gap: 10 }}>
        <Pair>
          <NumberInput label={t('flow.answer.afterLabel')} min={0} allowDecimal={false} allowNegative={false} value={inUnit(step.after_minutes, unit)} onChange={(value) => onChange({ ...step, after_minutes: toMinutes(Number(value) || 0, unit) })} />
          <Select
            label={t('flow.answer.unitOf')}
            allowDeselect={false}
            data={UNITS.map((one) => ({ value: one, label: t(`flow.answer.unit.${one}`) }))}
            value={unit}
            onChange={(chosen) => {
              if (chosen === null) return
              setUnit(chosen)
              onChange({ ...step, after_minutes: toMinutes(inUnit(step.after_minutes, unit), chosen) })
            }}
          />
        </Pair>
        <Pair>
          <Select label={t('flow.answer.tell')} allowDeselect={false} data={WHOM.map((one) => ({ value: one, label: t(`flow.answer.whom.${one}`) }))} value={step.tell} onChange={(tell) => tell !== null && onChange({ ...step, tell, member_id: null })} />
          {step.tell === 'member' && (
            <Select label={t('flow.assignment.member')} allowDeselect={false} searchable nothingFoundMessage={t('ui.noMatches')} data={people.map(({ id, name }) => ({ value: id, label: name }))} value={step.member_id ?? null} onChange={(member_id) => onChange({ ...step, member_id })} />
          )}
        </Pair>
        <Checkbox.Group label={t('flow.answer.alsoBy')} value={step.carriers} onChange={(carriers) => onChange({ ...step, carriers })}>
          <div style={{ display: 'flex', gap: 16, paddingBlockStart: 4 }}>
            {CARRIERS.map((carrier) => (
              <Checkbox key={carrier} value={carrier} label={t(`flow.answer.carrier.${carrier}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <Switch label={t('flow.answer.reassign')} description={t('flow.answer.reassignHint')} checked={step.reassign} onChange={(event) => onChange({ ...step, reassign: event.currentTarget.checked })} />
      </div>
    </Fieldset>
  )
}
