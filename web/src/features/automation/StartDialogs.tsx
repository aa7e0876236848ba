import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Automation, Offers } from '@/api/automations'
import type { Field, Tree } from '@/api/filters'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf } from '@/records/filter/tree'
import { Dialog } from '@/ui/Dialog'
import { isFilled, OfferFields } from './OfferFields'
import { type ChoicesOf, offerOf } from './words'

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
      <Select
        label={what}
        searchable
        allowDeselect={false}
        data={offers.triggers.map((one) => ({ value: one.key, label: one.label }))}
        value={key}
        onChange={(chosen) => {
          if (chosen === null || chosen === key) return
          setKey(chosen)
          setOptions({})
        }}
      />
      <OfferFields fields={offer?.fields ?? []} values={options} choicesOf={choicesOf} onChange={setOptions} />
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
