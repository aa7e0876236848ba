import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createAutomation, getOffers } from '@/api/automations'
import { newId } from '@/lib/uuid'
import { useLeadFields } from '@/records/filter/useFields'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Note } from '@/ui/Screen'
import { isFilled } from './OfferFields'
import { TriggerFields } from './TriggerFields'
import { choicesFrom, offerOf } from './words'

/** A name and what starts it; the steps are put in on its own page, while it is still switched off. */
export function NewDialog({ onMade, onClose }: { onMade: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const fields = useLeadFields()
  const offers = useQuery({ queryKey: ['automations', 'offers'], queryFn: getOffers, staleTime: 10 * 60_000 })
  const [name, setName] = useState('')
  const [trigger, setTrigger] = useState<{ key: string; options: Record<string, unknown> }>({ key: '', options: {} })
  const offer = offerOf(offers.data?.triggers ?? [], trigger.key)
  const valid = name.trim() !== '' && offer !== undefined && isFilled(offer.fields, trigger.options)
  return (
    <Dialog title={t('flow.automation.add')} submit={t('ui.add')} disabled={!valid} onClose={onClose} onSubmit={async () => onMade((await createAutomation(name.trim(), trigger, newId())).id)}>
      <TextInput label={t('flow.automation.name')} dir="auto" required withAsterisk value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <Loaded found={offers} bones={1} height={36}>
        {(all) => <TriggerFields trigger={trigger} offers={all} choicesOf={choicesFrom(fields)} onChange={setTrigger} />}
      </Loaded>
      <Note>{t('flow.automation.addHint')}</Note>
    </Dialog>
  )
}
