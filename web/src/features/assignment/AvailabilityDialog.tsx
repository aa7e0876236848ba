import { Fieldset, NumberInput, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Availability, AvailabilityIn } from '@/api/assignment'
import { useMe } from '@/api/me'
import { Dialog } from '@/ui/Dialog'
import { Pair } from '@/ui/Screen'
import { Absences } from './Absences'
import { limitOf } from './availability'
import { Week } from './Week'

type Props = { availability: Availability; onSave: (fields: AvailabilityIn) => Promise<void>; onClose: () => void }

/** When a member takes leads in turn, and how many. */
export function AvailabilityDialog({ availability, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  const [away, setAway] = useState(availability.away)
  const [weight, setWeight] = useState(availability.weight)
  const [daily, setDaily] = useState(String(availability.daily_cap ?? ''))
  const [opened, setOpened] = useState(String(availability.open_cap ?? ''))
  const [absences, setAbsences] = useState(availability.absences)
  const [weekly, setWeekly] = useState(availability.weekly)
  const daily_cap = limitOf(daily)
  const open_cap = limitOf(opened)
  return (
    <Dialog
      title={availability.member.name}
      submit={t('ui.save')}
      size="640px"
      disabled={daily_cap === undefined || open_cap === undefined}
      onClose={onClose}
      onSubmit={() => onSave({ away, weight, absences, weekly, ...(daily_cap !== undefined && { daily_cap }), ...(open_cap !== undefined && { open_cap }) })}
    >
      <Switch label={t('flow.assignment.away')} description={t('flow.assignment.awayHint')} checked={away} onChange={(event) => setAway(event.currentTarget.checked)} />
      <NumberInput label={t('flow.assignment.share')} description={t('flow.assignment.shareHint')} min={1} max={20} allowDecimal={false} value={weight} onChange={(value) => setWeight(Number(value) || 1)} />
      <Pair>
        <TextInput label={t('flow.assignment.daily')} placeholder={t('flow.assignment.noLimit')} inputMode="numeric" error={daily_cap === undefined} value={daily} onChange={(event) => setDaily(event.currentTarget.value)} />
        <TextInput label={t('flow.assignment.openCap')} placeholder={t('flow.assignment.noLimit')} inputMode="numeric" error={open_cap === undefined} value={opened} onChange={(event) => setOpened(event.currentTarget.value)} />
      </Pair>
      <Absences absences={absences} onChange={setAbsences} />
      <Fieldset legend={t('flow.answer.hours')}>
        <div style={{ display: 'grid', gap: 10 }}>
          <Week weekly={weekly} country={workspace.country} disabled={false} unset={t('flow.assignment.everyHour')} onSave={setWeekly} />
        </div>
      </Fieldset>
    </Dialog>
  )
}
