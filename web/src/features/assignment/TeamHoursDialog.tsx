import { Fieldset, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamHours, TeamHoursIn } from '@/api/assignment'
import { Dialog } from '@/ui/Dialog'
import { Holidays } from './Holidays'
import { Week } from './Week'

type Props = { hours: TeamHours; country: string; zones: string[]; onSave: (fields: TeamHoursIn) => Promise<void>; onClose: () => void }

/** The zone, the hours and the days off of a team; what is left empty is as in the business. */
export function TeamHoursDialog({ hours, country, zones, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [timezone, setTimezone] = useState(hours.timezone)
  const [weekly, setWeekly] = useState(hours.weekly)
  const [holidays, setHolidays] = useState(hours.holidays)
  const [business, setBusiness] = useState(hours.business_holidays)
  return (
    <Dialog title={hours.team.name} submit={t('ui.save')} size="640px" onClose={onClose} onSubmit={() => onSave({ timezone, weekly, holidays, business_holidays: business })}>
      <Select label={t('auth.setup.timeZone')} data={[...new Set([...(hours.timezone === '' ? [] : [hours.timezone]), ...zones])]} value={timezone === '' ? null : timezone} placeholder={t('flow.answer.asBusiness')} searchable clearable nothingFoundMessage={t('ui.noMatches')} onChange={(zone) => setTimezone(zone ?? '')} />
      <Fieldset legend={t('flow.answer.hours')}>
        <div style={{ display: 'grid', gap: 10 }}>
          <Week weekly={weekly} country={country} disabled={false} unset={t('flow.answer.asBusiness')} onSave={setWeekly} />
        </div>
      </Fieldset>
      <Fieldset legend={t('flow.answer.holidays')}>
        <div style={{ display: 'grid', gap: 10 }}>
          <Holidays holidays={holidays} disabled={false} onSave={setHolidays} />
          <Switch label={t('flow.answer.businessHolidays')} checked={business} onChange={(event) => setBusiness(event.currentTarget.checked)} />
        </div>
      </Fieldset>
    </Dialog>
  )
}
