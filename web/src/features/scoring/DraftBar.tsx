import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DryRun } from '@/api/scoring'
import { BandChip } from '@/ui/Chip'
import { Row, Rows } from '@/ui/Rows'
import { Buttons, Note, Section } from '@/ui/Screen'

type Props = {
  changes: number
  /** Nothing while it is being counted. */
  dryRun: DryRun | undefined
  untried: boolean
  busy: boolean
  onPublish: () => void
  onDrop: () => void
}

/** What is not in force yet, who would move if it were, and the way to put it into force. */
export function DraftBar({ changes, dryRun, untried, busy, onPublish, onDrop }: Props) {
  const { t } = useTranslation()
  return (
    <Section title={t('flow.scoring.draft')} action={t('flow.scoring.changes', { count: changes })}>
      <div aria-live="polite" style={{ display: 'grid', gap: 8 }}>
        {untried ? <Note tone="hot">{t('flow.scoring.untried')}</Note> : dryRun ? <Effect told={dryRun} /> : <Note>{t('flow.scoring.trying')}</Note>}
      </div>
      <Buttons end>
        <Button variant="default" disabled={busy} onClick={onDrop}>
          {t('flow.scoring.drop')}
        </Button>
        <Button variant="filled" loading={busy} onClick={onPublish}>
          {t('flow.scoring.publish')}
        </Button>
      </Buttons>
    </Section>
  )
}

function Effect({ told }: { told: DryRun }) {
  const { t, i18n } = useTranslation()
  const leads = told.leads.toLocaleString(i18n.language)
  const parts = [
    told.bands_moved === 0 ? t('flow.scoring.nobody', { leads }) : t('flow.scoring.moves', { count: told.bands_moved, leads }),
    told.became.hot > 0 && t('flow.scoring.becomeHot', { count: told.became.hot }),
    told.became.warm > 0 && t('flow.scoring.becomeWarm', { count: told.became.warm }),
    told.became.cold > 0 && t('flow.scoring.becomeCold', { count: told.became.cold }),
    told.ready > 0 && t('flow.scoring.becomeReady', { count: told.ready }),
    told.no_longer_ready > 0 && t('flow.scoring.notReady', { count: told.no_longer_ready }),
  ].filter(Boolean)
  return (
    <>
      <Note>{parts.join(', ')}</Note>
      {told.examples.length > 0 && (
        <Rows label={t('flow.scoring.whoMoves')}>
          {told.examples.slice(0, 5).map((one) => (
            <Row
              key={one.lead_id}
              title={<bdi>{one.name}</bdi>}
              end={
                <>
                  <BandChip band={one.band} score={one.score} />
                  <span aria-hidden>→</span>
                  <BandChip band={one.new_band} score={one.new_score} />
                </>
              }
            />
          ))}
        </Rows>
      )}
    </>
  )
}
