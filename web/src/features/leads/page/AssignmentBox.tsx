import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getAssignment } from '@/api/leads'
import type { Lead, Member, Named } from '@/api/shapes'
import { ClaimButton } from './ClaimButton'
import { PassOnButton } from './PassOnButton'
import styles from './Lead.module.css'

type Props = { lead: Lead; members: readonly Member[]; onAssign: (owner: Named) => void }

/** Who has the lead and why, whom the rules would choose now, and the way to give it to somebody else. */
export function AssignmentBox({ lead, members, onAssign }: Props) {
  const { t } = useTranslation()
  const { data: found } = useQuery({ queryKey: ['leads', 'assignment', lead.id], queryFn: ({ signal }) => getAssignment(lead.id, signal), enabled: lead.can.change && lead.status === 'open' })
  const would = found?.simulation.would_go_to
  const people = members.filter((member) => member.active && member.id !== lead.owner?.id)
  return (
    <div className={styles.box}>
      <bdi>{lead.assignment.text === '' ? t(lead.owner ? 'leads.assign.noReason' : 'leads.assign.nobody') : lead.assignment.text}</bdi>
      {would && would.id !== lead.owner?.id && (
        <p className={styles.muted}>
          <bdi>{t('leads.assign.would', { name: would.name })}</bdi>
        </p>
      )}
      {lead.can.change && lead.status === 'open' && !lead.owner && <ClaimButton id={lead.id} />}
      {lead.can.change && lead.status === 'open' && lead.owner && lead.first_touch_at === null && <PassOnButton id={lead.id} />}
      {lead.can.change && (
        <Select
          aria-label={t('leads.assign.give')}
          placeholder={t('leads.assign.give')}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          searchable
          nothingFoundMessage={t('ui.noMatches')}
          onChange={(id) => {
            const member = people.find((one) => one.id === id)
            if (member) onAssign({ id: member.id, name: member.name })
          }}
        />
      )}
    </div>
  )
}
