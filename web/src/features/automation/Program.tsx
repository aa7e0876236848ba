import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Automation, Offers, Step } from '@/api/automations'
import type { Field } from '@/api/filters'
import { useMe } from '@/api/me'
import { useDescribe } from '@/records/filter/useDescribe'
import styles from './Automation.module.css'
import { ConditionsDialog, TriggerDialog } from './StartDialogs'
import { Card, Facts, StepCards } from './StepCards'
import { StepDialog } from './StepDialog'
import { countSteps, type Path, withStep } from './steps'
import { type ChoicesOf, offerOf, valueWords } from './words'

type Asked = { kind: 'trigger' } | { kind: 'conditions' } | { kind: 'step'; path: Path; step: Step } | { kind: 'new' }
type Props = { automation: Automation; offers: Offers; fields: readonly Field[]; disabled: boolean; onSave: (fields: Partial<Automation>) => void }

/** The automation as one column: when, if, and the steps. */
export function Program({ automation, offers, fields, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  const describe = useDescribe(fields)
  const [asked, setAsked] = useState<Asked | null>(null)
  const { trigger, conditions, steps, ends_on } = automation
  const offer = offerOf(offers.triggers, trigger.key)
  // An option that means a person, a team or a stage has the choices of the lead's own field.
  const choicesOf: ChoicesOf = (field) => (field.choices.length > 0 ? (field.choices as { value: string; label: string }[]) : (fields.find((one) => one.type === field.type && one.choices.length > 0 && ['member', 'team', 'stage'].includes(one.type))?.choices ?? []))
  const close = () => setAsked(null)
  const save = (change: Partial<Automation>) => {
    onSave(change)
    close()
  }
  const edit = (kind: 'trigger' | 'conditions') => (disabled ? undefined : () => setAsked({ kind }))

  return (
    <div className={styles.column}>
      <Card kind={t('flow.automation.when')} what={trigger.label} onEdit={edit('trigger')}>
        <Facts
          facts={Object.entries(trigger.options ?? {}).map(([key, value]) => {
            const field = offer?.fields.find((one) => one.key === key)
            return { name: field?.label ?? key, value: valueWords(field, value, choicesOf) }
          })}
        />
      </Card>
      <div className={styles.link} />
      <Card kind={t('flow.automation.if')} what={Object.keys(conditions).length === 0 ? t('flow.automation.always') : describe(conditions)} onEdit={edit('conditions')} />
      <StepCards steps={steps} offers={offers} choicesOf={choicesOf} describe={describe} onEdit={disabled ? null : (path, step) => setAsked({ kind: 'step', path, step })} />
      {!disabled && (
        <>
          <div className={styles.link} />
          <div>
            <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAsked({ kind: 'new' })}>
              {t('flow.automation.addStep')}
            </Button>
          </div>
        </>
      )}
      {ends_on.length > 0 && (
        <>
          <div className={styles.link} />
          <Card kind={t('flow.automation.endsOn')} what={ends_on.map((key) => offerOf(offers.triggers, key)?.label ?? key).join(', ')} />
        </>
      )}
      {asked?.kind === 'trigger' && <TriggerDialog trigger={trigger} offers={offers} choicesOf={choicesOf} onClose={close} onSave={(next) => save({ trigger: next })} />}
      {asked?.kind === 'conditions' && <ConditionsDialog conditions={conditions} sentence={describe(conditions)} fields={fields} currency={workspace.currency} onClose={close} onSave={(next) => save({ conditions: next })} />}
      {asked?.kind === 'step' && (
        <StepDialog
          step={asked.step}
          offers={offers}
          choicesOf={choicesOf}
          onClose={close}
          onSave={(step) => save({ steps: withStep(steps, asked.path, step) })}
          onRemove={countSteps(withStep(steps, asked.path, null)) > 0 ? () => save({ steps: withStep(steps, asked.path, null) }) : undefined}
        />
      )}
      {asked?.kind === 'new' && <StepDialog step={undefined} offers={offers} choicesOf={choicesOf} onClose={close} onSave={(step) => save({ steps: [...steps, step] })} onRemove={undefined} />}
    </div>
  )
}
