import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Offers } from '@/api/automations'
import { OfferFields } from './OfferFields'
import { type ChoicesOf, offerOf } from './words'

type Trigger = { key: string; options: Record<string, unknown> }
type Props = { trigger: Trigger; offers: Offers; choicesOf: ChoicesOf; onChange: (trigger: Trigger) => void }

/** What starts an automation, chosen from all there is, with its options. */
export function TriggerFields({ trigger, offers, choicesOf, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('flow.automation.when')}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('ui.noMatches')}
        data={offers.triggers.map((one) => ({ value: one.key, label: one.label }))}
        value={trigger.key === '' ? null : trigger.key}
        onChange={(chosen) => chosen !== null && chosen !== trigger.key && onChange({ key: chosen, options: {} })}
      />
      <OfferFields fields={offerOf(offers.triggers, trigger.key)?.fields ?? []} values={trigger.options} choicesOf={choicesOf} onChange={(options) => onChange({ key: trigger.key, options })} />
    </>
  )
}
