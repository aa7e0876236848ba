import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TeamHours } from '@/api/assignment'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Section } from '@/ui/Screen'
import { useTeamHours } from './plan'
import { TeamHoursDialog } from './TeamHoursDialog'

type Props = { country: string; zones: string[]; disabled: boolean }

/** When the teams work, where it differs from the business. */
export function TeamsHours({ country, zones, disabled }: Props) {
  const { t } = useTranslation()
  const { found, save } = useTeamHours()
  const [open, setOpen] = useState<TeamHours>()
  return (
    <Section title={t('flow.answer.teams')} intro={t('flow.answer.teamsIntro')}>
      <Loaded found={found} bones={2}>
        {(all) => (
          <Rows label={t('flow.answer.teams')}>
            {all.map((one) => (
              <Row
                key={one.team.id}
                title={
                  disabled ? (
                    <bdi>{one.team.name}</bdi>
                  ) : (
                    <button type="button" onClick={() => setOpen(one)}>
                      <bdi>{one.team.name}</bdi>
                    </button>
                  )
                }
                detail={<Terms of={one} />}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {open && (
        <TeamHoursDialog
          hours={open}
          country={country}
          zones={zones}
          onClose={() => setOpen(undefined)}
          onSave={async (fields) => {
            await save(open, fields)
            setOpen(undefined)
          }}
        />
      )}
    </Section>
  )
}

function Terms({ of }: { of: TeamHours }) {
  const { t } = useTranslation()
  const parts = [
    of.timezone !== '' && of.timezone,
    Object.keys(of.weekly).length > 0 && t('flow.assignment.ownHours'),
    of.holidays.length > 0 && t('flow.answer.ownHolidays', { count: of.holidays.length }),
    !of.business_holidays && t('flow.answer.noBusinessHolidays'),
  ].filter((part) => part !== false)
  return <bdi>{parts.length === 0 ? t('flow.answer.asBusiness') : parts.join(' · ')}</bdi>
}
