import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Automation, Offers } from '@/api/automations'
import type { Field, Tree } from '@/api/filters'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf } from '@/records/filter/tree'
import { Dialog } from '@/ui/Dialog'
import { isFilled } from './OfferFields'
import { TriggerFields } from './TriggerFields'
import { type ChoicesOf, eventsOf, offerOf } from './words'

type Trigger = Automation['trigger']
type TriggerProps = { trigger: Trigger; offers: Offers; choicesOf: ChoicesOf; onSave: (trigger: Trigger) => void; onClose: () => void }

/** What starts the automation, with its options. */
export function TriggerDialog({ trigger, offers, choicesOf, onSave, onClose }: TriggerProps) {
  const { t } = useTranslation()
  const [key, setKey] = useState(trigger.key)
  const [options, setOptions] = useState(trigger.options ?? {})
  const offer = offerOf(offers.triggers, key)
  const what = t('flow.automation.when')
  return (
    <Dialog title={t('flow.automation.change', { what })} submit={t('ui.save')} disabled={!offer || !isFilled(offer.fields, options)} onClose={onClose} onSubmit={() => onSave({ key, options, label: offer?.label ?? key })}>
      <TriggerFields
        trigger={{ key, options }}
        offers={offers}
        choicesOf={choicesOf}
        onChange={(next) => {
          setKey(next.key)
          setOptions(next.options)
        }}
      />
    </Dialog>
  )
}

type ConditionsProps = { conditions: Tree; sentence: string; fields: readonly Field[]; currency: string; onSave: (conditions: Tree) => void; onClose: () => void }

/** For which leads the automation runs. */
export function ConditionsDialog({ conditions, sentence, fields, currency, onSave, onClose }: ConditionsProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(conditions))
  return (
    <Dialog
      title={t('flow.automation.conditions')}
      submit={t('ui.save')}
      size="640px"
      disabled={draft === null || !isComplete(draft)}
      onClose={onClose}
      onSubmit={() => {
        if (draft) onSave(treeOf(draft))
      }}
    >
      <FilterEditor draft={draft} sentence={sentence} fields={fields} currency={currency} onChange={setDraft} />
    </Dialog>
  )
}

type EndsProps = { endsOn: readonly string[]; offers: Offers; onSave: (endsOn: string[]) => void; onClose: () => void }

/** What ends a run wherever it stands. */
export function EndsDialog({ endsOn, offers, onSave, onClose }: EndsProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState([...endsOn])
  return (
    <Dialog title={t('flow.automation.endsOn')} submit={t('ui.save')} onClose={onClose} onSubmit={() => onSave(chosen)}>
      <MultiSelect label={t('flow.automation.endsOn')} description={t('flow.automation.endsHint')} searchable clearable nothingFoundMessage={t('ui.noMatches')} data={eventsOf(offers)} value={chosen} onChange={setChosen} />
    </Dialog>
  )
}
