import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeAvailability, type Availability } from '@/api/assignment'
import { day } from '@/lib/time'
import { newId } from '@/lib/uuid'
import { Chip } from '@/ui/Chip'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Section } from '@/ui/Screen'
import { AvailabilityDialog } from './AvailabilityDialog'
import { AVAILABILITIES, isAway } from './availability'

/** Who takes leads in turn, and how many. */
export function Availabilities({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const found = useQuery(AVAILABILITIES)
  const [open, setOpen] = useState<Availability>()
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  return (
    <Section title={t('flow.assignment.turns')} intro={t('flow.assignment.turnsIntro')}>
      <Loaded found={found} bones={2}>
        {(all) => (
          <Rows label={t('flow.assignment.turns')}>
            {all.map((one) => (
              <Row
                key={one.member.id}
                title={
                  <>
                    {mayChange ? (
                      <button type="button" onClick={() => setOpen(one)}>
                        <bdi>{one.member.name}</bdi>
                      </button>
                    ) : (
                      <bdi>{one.member.name}</bdi>
                    )}
                    {isAway(one, today) && <Chip tone="warm">{t('flow.assignment.away')}</Chip>}
                  </>
                }
                detail={<Terms of={one} today={today} />}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {open && (
        <AvailabilityDialog
          availability={open}
          onClose={() => setOpen(undefined)}
          onSave={async (fields) => {
            await changeAvailability(open.member.id, fields, newId())
            await client.invalidateQueries({ queryKey: AVAILABILITIES.queryKey })
            setOpen(undefined)
          }}
        />
      )}
    </Section>
  )
}

function Terms({ of, today }: { of: Availability; today: string }) {
  const { t, i18n } = useTranslation()
  const said = (date: string) => day(`${date}T12:00:00`, i18n.language)
  const parts = [
    of.weight > 1 && t('flow.assignment.shareOf', { count: of.weight }),
    of.daily_cap !== null && t('flow.assignment.dailyOf', { count: of.daily_cap }),
    of.open_cap !== null && t('flow.assignment.openOf', { count: of.open_cap }),
    Object.keys(of.weekly).length > 0 && t('flow.assignment.ownHours'),
    ...of.absences.filter(([, last = '']) => last >= today).map(([first = '', last = '']) => t('flow.assignment.absent', { first: said(first), last: said(last) })),
  ].filter((part) => part !== false)
  return <bdi>{parts.length === 0 ? t('flow.assignment.always') : parts.join(' · ')}</bdi>
}
