import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Automation, Offers, Step } from '@/api/automations'
import type { Field } from '@/api/filters'
import { useMe } from '@/api/me'
import { useDescribe } from '@/records/filter/useDescribe'
import styles from './Automation.module.css'
import { Card, Facts } from './Card'
import { ConditionsDialog, EndsDialog, TriggerDialog } from './StartDialogs'
import { StepCards } from './StepCards'
import { StepDialog } from './StepDialog'
import { countSteps, type Path, withAdded, withMoved, withStep } from './steps'
import { choicesFrom, offerOf, valueWords } from './words'

type Asked = { kind: 'trigger' | 'conditions' | 'ends' } | { kind: 'step'; path: Path; step: Step } | { kind: 'new'; list: Path }
type Props = { automation: Automation; offers: Offers; fields: readonly Field[]; disabled: boolean; onSave: (fields: Partial<Automation>) => void }

/** The automation as one column: when, if, and the steps. */
export function Program({ automation, offers, fields, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  const describe = useDescribe(fields)
  const [asked, setAsked] = useState<Asked | null>(null)
  const { trigger, conditions, steps, ends_on } = automation
  const offer = offerOf(offers.triggers, trigger.key)
  const choicesOf = choicesFrom(fields)
  const close = () => setAsked(null)
  const save = (change: Partial<Automation>) => {
    onSave(change)
    close()
  }
  const tools = (kind: 'trigger' | 'conditions' | 'ends') => (disabled ? null : { onEdit: () => setAsked({ kind }) })
  const column = useRef<HTMLDivElement>(null)
  const move = (path: Path, by: -1 | 1) => {
    onSave({ steps: withMoved(steps, path, by) })
    // The focus goes with the step, so that it can be moved on; buttons belong to places, which stay.
    const place = [...path.slice(0, -1), Number(path.at(-1)) + by].join('.')
    const find = (way: string) => column.current?.querySelector<HTMLElement>(`[data-${way}="${place}"]`)
    const found = by < 0 ? (find('up') ?? find('down')) : (find('down') ?? find('up'))
    found?.focus()
  }
  const dialog = { offers, fields, choicesOf, describe, currency: workspace.currency, onClose: close }

  return (
    <div className={styles.column} ref={column}>
      <Card kind={t('flow.automation.when')} what={trigger.label} tools={tools('trigger')}>
        <Facts
          facts={Object.entries(trigger.options ?? {}).map(([key, value]) => {
            const field = offer?.fields.find((one) => one.key === key)
            return { name: field?.label ?? key, value: valueWords(field, value, choicesOf) }
          })}
        />
      </Card>
      <div className={styles.link} />
      <Card kind={t('flow.automation.if')} what={Object.keys(conditions).length === 0 ? t('flow.automation.always') : describe(conditions)} tools={tools('conditions')} />
      <StepCards
        steps={steps}
        offers={offers}
        choicesOf={choicesOf}
        describe={describe}
        editing={disabled ? null : { onEdit: (path, step) => setAsked({ kind: 'step', path, step }), onAdd: (list) => setAsked({ kind: 'new', list }), onMove: move }}
      />
      {(ends_on.length > 0 || !disabled) && (
        <>
          <div className={styles.link} />
          <Card kind={t('flow.automation.endsOn')} what={ends_on.length > 0 ? ends_on.map((key) => offerOf(offers.triggers, key)?.label ?? key).join(', ') : t('flow.automation.endsNever')} tools={tools('ends')} />
        </>
      )}
      {asked?.kind === 'trigger' && <TriggerDialog trigger={trigger} offers={offers} choicesOf={choicesOf} onClose={close} onSave={(next) => save({ trigger: next })} />}
      {asked?.kind === 'conditions' && <ConditionsDialog conditions={conditions} sentence={describe(conditions)} fields={fields} currency={workspace.currency} onClose={close} onSave={(next) => save({ conditions: next })} />}
      {asked?.kind === 'ends' && <EndsDialog endsOn={ends_on} offers={offers} onClose={close} onSave={(next) => save({ ends_on: next })} />}
      {asked?.kind === 'step' && (
        <StepDialog
          {...dialog}
          step={asked.step}
          onSave={(step) => save({ steps: withStep(steps, asked.path, step) })}
          onRemove={!automation.enabled || countSteps(withStep(steps, asked.path, null)) > 0 ? () => save({ steps: withStep(steps, asked.path, null) }) : undefined}
        />
      )}
      {asked?.kind === 'new' && <StepDialog {...dialog} step={undefined} onSave={(step) => save({ steps: withAdded(steps, asked.list, step) })} onRemove={undefined} />}
    </div>
  )
}
