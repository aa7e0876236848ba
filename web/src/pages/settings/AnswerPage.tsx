import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { getBusinessHours, getSlaPolicies } from '@/api/assignment'
import { getMembers } from '@/api/leads'
import { useMe, useRight } from '@/api/me'
import { AnswerPlanSections } from '@/features/assignment/AnswerPlanSections'
import { Holidays } from '@/features/assignment/Holidays'
import { Policies } from '@/features/assignment/Policies'
import { TeamsHours } from '@/features/assignment/TeamsHours'
import { Week } from '@/features/assignment/Week'
import { timeZones } from '@/features/workspaces/locale'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { useLeadFields } from '@/records/filter/useFields'
import { Refusals, SaveMark } from '@/records/Saving'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen, Section } from '@/ui/Screen'

const KINDS = ['assignment.policy', 'assignment.hours']
const POLICIES = ['assignment', 'policies']
const HOURS = ['assignment', 'hours']
const BANDS = ['hot', 'warm', 'cold']

/** How soon leads must be answered, and when the business is open. */
export function AnswerPage() {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const mayChange = useRight('settings:write')
  const { workspace } = useMe()
  const foundPolicies = useQuery({ queryKey: POLICIES, queryFn: getSlaPolicies })
  const foundHours = useQuery({ queryKey: HOURS, queryFn: getBusinessHours })
  const policies = usePainted(POLICIES, foundPolicies.data)?.toSorted((one, other) => BANDS.indexOf(one.band) - BANDS.indexOf(other.band))
  const hours = usePainted(HOURS, foundHours.data)
  const zones = useMemo(() => timeZones([], hours?.timezone ?? 'UTC'), [hours?.timezone])
  const leadFields = useLeadFields()
  const people = (useQuery({ queryKey: ['members', 'list'], queryFn: getMembers }).data ?? []).filter((member) => member.active)
  const title = t('settings.screen.answer')
  const save = (fields: Partial<NonNullable<typeof hours>>) => hours && void outbox.add(changeOf('assignment.hours', hours, fields, title))
  return (
    <Screen title={title} intro={t('flow.answer.intro')} status={<SaveMark kinds={KINDS} />}>
      {!mayChange && foundPolicies.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Section title={t('flow.answer.times')} action={<Link to="/settings/late">{t('flow.late.link')}</Link>}>
        <Loaded found={{ ...foundPolicies, data: policies }} height={36}>
          {(all) => <Policies policies={all} disabled={!mayChange} onSave={(policy, fields) => void outbox.add(changeOf('assignment.policy', policy, fields, title))} />}
        </Loaded>
      </Section>
      <AnswerPlanSections fields={leadFields} currency={workspace.currency} people={people} disabled={!mayChange} />
      <Section title={t('flow.answer.hours')} intro={t('flow.answer.hoursIntro')}>
        <Loaded found={{ ...foundHours, data: hours }} bones={7} height={36}>
          {({ timezone, weekly }) => (
            <>
              <Select
                label={t('auth.setup.timeZone')}
                data={zones}
                value={timezone}
                searchable
                allowDeselect={false}
                disabled={!mayChange}
                nothingFoundMessage={t('ui.noMatches')}
                onChange={(zone) => zone !== null && zone !== timezone && save({ timezone: zone })}
              />
              <Week weekly={weekly} country={workspace.country} disabled={!mayChange} onSave={(next) => save({ weekly: next })} />
            </>
          )}
        </Loaded>
      </Section>
      <Section title={t('flow.answer.holidays')}>
        <Loaded found={{ ...foundHours, data: hours }} bones={1} height={36}>
          {({ holidays }) => <Holidays holidays={holidays} disabled={!mayChange} onSave={(next) => save({ holidays: next })} />}
        </Loaded>
      </Section>
      <TeamsHours country={workspace.country} zones={zones} disabled={!mayChange} />
    </Screen>
  )
}
