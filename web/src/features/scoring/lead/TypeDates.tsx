import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getLeadTypes } from '@/api/scoring'
import type { Lead } from '@/api/shapes'
import { dateTime } from '@/lib/time'
import { Row, Rows } from '@/ui/Rows'

/** When the lead became IQL, MQL, SQL or PQL, and why; nothing while it never was any. */
export function TypeDates({ lead }: { lead: Lead }) {
  const { t, i18n } = useTranslation()
  const { version, id } = lead
  const { data = [] } = useQuery({ queryKey: ['leads', 'types', id, version], queryFn: ({ signal }) => getLeadTypes(id, signal), placeholderData: (before) => before })
  if (data.length === 0) return null
  return (
    <Rows label={t('qualify.types')}>
      {data.map((visit) => (
        <Row
          key={visit.at}
          title={visit.lead_type === '' ? t('qualify.noType') : visit.lead_type}
          detail={
            <>
              {dateTime(visit.at, i18n.language)} · <bdi>{visit.by_rule ? visit.why : t('qualify.byHand')}</bdi>
            </>
          }
        />
      ))}
    </Rows>
  )
}
