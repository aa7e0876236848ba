import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LeadRow, Score } from '@/api/shapes'
import { BandChip } from '@/ui/Chip'
import { Row, Rows } from '@/ui/Rows'
import { ScoreRing } from '@/ui/ScoreRing'
import { Note, Section } from '@/ui/Screen'

/** A live lead with the lines that add up to its score. */
export function Example({ lead, score }: { lead: LeadRow | undefined; score: Score | undefined }) {
  const { t } = useTranslation()
  return (
    <Section title={t('flow.scoring.example')} intro={lead ? t('flow.scoring.exampleIntro') : undefined}>
      {!lead || !score ? (
        <Note>{t('flow.scoring.noExample')}</Note>
      ) : (
        <>
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center' }}>
            <ScoreRing score={score.score} />
            <Link to="/leads/$id" params={{ id: lead.id }} style={{ color: 'var(--ink)', fontWeight: 620 }}>
              <bdi>{lead.name}</bdi>
            </Link>
            <BandChip band={score.band} score={score.score} />
          </div>
          <Rows label={t('flow.scoring.example')}>
            {score.reasons.map((reason, index) => (
              <Row
                // Two lines may say the same on the same day.
                key={`${reason.label}-${index}`}
                title={
                  <span style={{ fontWeight: 400 }}>
                    <bdi>{reason.label}</bdi>
                  </span>
                }
                end={<bdi dir="ltr">{reason.points > 0 ? `+${reason.points}` : `−${-reason.points}`}</bdi>}
              />
            ))}
          </Rows>
        </>
      )}
    </Section>
  )
}
