import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getLeadChance, type LeadChance } from '@/api/prediction'
import { Row, Rows } from '@/ui/Rows'
import { percent, points } from './shares'

/** How likely the lead is to buy, and why; nothing while nothing is predicted. */
export function ChanceLine({ lead }: { lead: string }) {
  const { t, i18n } = useTranslation()
  const chance = useQuery({ queryKey: ['leads', 'chance', lead], queryFn: ({ signal }) => getLeadChance(lead, signal) }).data
  if (chance?.chance === null || chance?.chance === undefined) return null
  return (
    <div>
      <p style={{ margin: '8px 0 0' }}>
        <strong>{t('chance.likely', { chance: percent(chance.chance, i18n.language) })}</strong>
        <br />
        <small style={{ color: 'var(--ink2)' }}>{t('chance.average', { base: percent(chance.base ?? 0, i18n.language) })}</small>
      </p>
      <Rows label={t('chance.why')}>
        {(chance.reasons ?? []).map((reason) => (
          <Row
            key={reason.key}
            title={
              <span style={{ fontWeight: 400 }}>
                <bdi>{reason.label}</bdi>: <Value value={reason.value} />
              </span>
            }
            end={<bdi dir="ltr">{points(reason.moves, i18n.language)}</bdi>}
          />
        ))}
      </Rows>
    </div>
  )
}

function Value({ value }: { value: NonNullable<LeadChance['reasons']>[number]['value'] }) {
  const { t } = useTranslation()
  if (value === null || value === '') return <span>{t('chance.nothing')}</span>
  if (typeof value === 'boolean') return <span>{value ? t('chance.yes') : t('chance.no')}</span>
  return <bdi>{String(value)}</bdi>
}
