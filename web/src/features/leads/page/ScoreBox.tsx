import { Button, Menu, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Band, Lead, Score } from '@/api/shapes'
import { ScoreRing } from '@/ui/ScoreRing'
import styles from './Lead.module.css'

const BANDS: readonly Band[] = ['hot', 'warm', 'cold']

type Props = { lead: Lead; score: Score | undefined; onBand: (band: Band | null, reason: string) => void }

/** The score, where it comes from, and the way to decide otherwise. */
export function ScoreBox({ lead, score, onBand }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Band | null>(null)
  return (
    <div className={styles.box}>
      <div className={styles.scoreLine}>
        <ScoreRing score={lead.score} />
        <div className={styles.muted}>
          <p>{t('leads.page.fit', { points: signed(lead.fit) })}</p>
          <p>{t('leads.page.engagement', { points: signed(lead.engagement) })}</p>
          {score && <p>{t('leads.page.threshold', { threshold: score.threshold })}</p>}
        </div>
      </div>
      {score && score.reasons.length > 0 && (
        <ul className={styles.why} aria-label={t('leads.page.why')}>
          {score.reasons.map((reason) => (
            <li key={`${reason.label}${reason.at}`}>
              <b dir="ltr">{signed(reason.points)}</b>
              <bdi>{reason.label}</bdi>
            </li>
          ))}
        </ul>
      )}
      {lead.band_overridden && (
        <p className={styles.muted}>
          <bdi>{t('leads.band.set', { band: t(`ui.band.${lead.band}`), reason: lead.band_reason || '–' })}</bdi>
        </p>
      )}
      {lead.can.change && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" style={{ justifySelf: 'start' }}>
              {t('leads.band.change')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {BANDS.filter((band) => band !== lead.band).map((band) => (
              <Menu.Item key={band} onClick={() => setAsked(band)}>
                {t(`ui.band.${band}`)}
              </Menu.Item>
            ))}
            {lead.band_overridden && <Menu.Item onClick={() => onBand(null, '')}>{t('leads.band.auto')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && (
        <BandDialog
          band={asked}
          onClose={() => setAsked(null)}
          onConfirm={(reason) => {
            onBand(asked, reason)
            setAsked(null)
          }}
        />
      )}
    </div>
  )
}

function BandDialog({ band, onClose, onConfirm }: { band: Band; onClose: () => void; onConfirm: (reason: string) => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <Modal opened onClose={onClose} title={t('leads.band.title', { band: t(`ui.band.${band}`) })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form
        style={{ display: 'grid', gap: 12 }}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '') onConfirm(reason.trim())
        }}
      >
        <TextInput label={t('leads.band.reason')} dir="auto" data-autofocus required withAsterisk={false} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="filled">
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** Points with their sign, so that what was taken off is told from what was given. */
function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}
