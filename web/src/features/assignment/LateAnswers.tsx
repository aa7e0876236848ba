import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Breach, Kept, KeptOfBand } from '@/api/assignment'
import { duration } from '@/lib/time'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Row, Rows } from '@/ui/Rows'

/** Leads that nobody answered in time, each a way to its page. */
export function LateAnswers({ breaches }: { breaches: readonly Breach[] }) {
  const { t, i18n } = useTranslation()
  return (
    <Rows label={t('flow.late.rows')}>
      {breaches.map((breach) => (
        <Row
          key={breach.lead.id}
          tall
          title={
            <>
              <Link to="/leads/$id" params={{ id: breach.lead.id }}>
                <bdi>{breach.lead.name}</bdi>
              </Link>
              <Chip tone={breach.band}>{t(`ui.band.${breach.band}`)}</Chip>
              {breach.escalated && <Chip>{t('flow.late.escalated')}</Chip>}
            </>
          }
          detail={
            <>
              <bdi>{breach.owner?.name ?? t('flow.late.nobody')}</bdi> · {t('flow.late.due')} <When at={breach.due_at} /> ·{' '}
              {breach.answered_at !== null ? (
                <>
                  {t('flow.late.answered')} <When at={breach.answered_at} />
                </>
              ) : (
                t(breach.closed ? 'flow.late.closed' : 'flow.late.open')
              )}
            </>
          }
          end={<span style={{ color: 'var(--hot)', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{t('flow.late.late', { time: duration(breach.late_minutes * 60_000, i18n.language) })}</span>}
        />
      ))}
    </Rows>
  )
}

/** How often the time was kept, by owner; a press shows only that owner's leads. */
export function KeptTimes({ total, owners, onOwner }: { total: Kept; owners: readonly Kept[]; onOwner: (id: string) => void }) {
  const { t } = useTranslation()
  return (
    <Rows label={t('flow.late.byOwner')}>
      <KeptRow kept={total} name={t('flow.late.whole')} />
      {owners.map((kept) => {
        const { owner } = kept
        return <KeptRow key={owner?.id ?? ''} kept={kept} name={owner?.name ?? t('flow.late.nobody')} onPress={owner ? () => onOwner(owner.id) : undefined} />
      })}
    </Rows>
  )
}

/** How often the time was kept, by how promising the leads were. */
export function KeptByBand({ bands }: { bands: readonly KeptOfBand[] }) {
  const { t } = useTranslation()
  return (
    <Rows label={t('flow.late.byBand')}>
      {bands.map((kept) => (
        <KeptRow key={kept.band} kept={kept} name={t(`ui.band.${kept.band}`)} />
      ))}
    </Rows>
  )
}

function KeptRow({ kept, name, onPress }: { kept: Pick<Kept, 'met' | 'breached' | 'attainment'>; name: string; onPress?: (() => void) | undefined }) {
  const { t, i18n } = useTranslation()
  const share = kept.attainment === null ? '–' : new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(kept.attainment / 100)
  const shown = <bdi>{name}</bdi>
  return (
    <Row
      title={
        onPress ? (
          <button type="button" onClick={onPress}>
            {shown}
          </button>
        ) : (
          shown
        )
      }
      detail={`${t('flow.late.met', { count: kept.met })} · ${t('flow.late.breached', { count: kept.breached })}`}
      end={<strong style={{ fontVariantNumeric: 'tabular-nums' }}>{share}</strong>}
    />
  )
}
