import { useTranslation } from 'react-i18next'
import type { Lead, Score } from '@/api/shapes'
import { dateTime } from '@/lib/time'
import { FieldEdit } from '@/ui/FieldEdit'
import { When } from '@/ui/figures'
import { ScoreRing } from '@/ui/ScoreRing'
import { SlaBar } from '@/ui/SlaBar'
import styles from './Lead.module.css'

type Props = { lead: Lead; score: Score | undefined; onChange: (fields: Partial<Lead>) => void }

/** What comes next, how much time is left, and why the machine decided as it did. */
export function LeadNext({ lead, score, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <section className={styles.section}>
        <h2>{t('leads.page.nextStep')}</h2>
        <NextStep lead={lead} onChange={onChange} />
      </section>
      <section className={styles.section}>
        <h2>{t('leads.page.score')}</h2>
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
        </div>
      </section>
      {lead.assignment && (
        <section className={styles.section}>
          <h2>{t('leads.page.assignment')}</h2>
          <div className={styles.box}>
            <bdi>{lead.assignment.text}</bdi>
          </div>
        </section>
      )}
    </>
  )
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}

/** The local wall time that a datetime field holds. */
function local(at: string | null): string {
  if (at === null) return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function NextStep({ lead, onChange }: Pick<Props, 'lead' | 'onChange'>) {
  const { t, i18n } = useTranslation()
  const { sla } = lead
  return (
    <div className={styles.box}>
      <FieldEdit
        label={t('leads.field.next')}
        hint={t('leads.page.addNext')}
        value={lead.next_step}
        shown={<strong>{lead.next_step}</strong>}
        disabled={!lead.can.change}
        onSave={(text) => onChange({ next_step: text.trim() })}
      />
      <FieldEdit
        label={t('leads.field.nextAt')}
        hint={t('leads.field.nextAt')}
        value={local(lead.next_step_at)}
        shown={lead.next_step_at === null ? '' : dateTime(lead.next_step_at, i18n.language)}
        type="datetime-local"
        disabled={!lead.can.change}
        onSave={(text) => onChange({ next_step_at: text === '' ? null : new Date(text).toISOString() })}
      />
      {sla.started_at !== null && sla.due_at !== null && <SlaBar startedAt={sla.started_at} dueAt={sla.due_at} stoppedAt={sla.stopped_at} />}
      <p className={styles.muted}>
        {lead.first_touch_at === null ? (
          t('leads.page.untouched')
        ) : (
          <>
            {t('leads.page.firstTouch')} <When at={lead.first_touch_at} />
          </>
        )}
      </p>
    </div>
  )
}
