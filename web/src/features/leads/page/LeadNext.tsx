import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Band, Lead, Member, Named, Score } from '@/api/shapes'
import { dateTime } from '@/lib/time'
import { FieldEdit } from '@/ui/FieldEdit'
import { When } from '@/ui/figures'
import { SlaBar } from '@/ui/SlaBar'
import { wallTime } from '@/records/values'
import { AssignmentBox } from './AssignmentBox'
import styles from './Lead.module.css'
import { ScoreBox } from './ScoreBox'

type Props = {
  lead: Lead
  score: Score | undefined
  /** How likely the lead is to buy. */
  chance: ReactNode
  /** How the score came about. */
  history: ReactNode
  members: readonly Member[]
  onChange: (fields: Partial<Lead>) => void
  onBand: (band: Band | null, reason: string) => void
  onAssign: (owner: Named) => void
}

/** What comes next, how much time is left, and why the machine decided as it did. */
export function LeadNext({ lead, score, chance, history, members, onChange, onBand, onAssign }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <section className={styles.section}>
        <h2>{t('leads.page.nextStep')}</h2>
        <NextStep lead={lead} onChange={onChange} />
      </section>
      <section className={styles.section}>
        <h2>{t('leads.page.score')}</h2>
        <ScoreBox lead={lead} score={score} onBand={onBand} />
        {history}
        {chance}
      </section>
      <section className={styles.section}>
        <h2>{t('leads.page.assignment')}</h2>
        <AssignmentBox lead={lead} members={members} onAssign={onAssign} />
      </section>
    </>
  )
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
        value={wallTime(lead.next_step_at)}
        shown={lead.next_step_at === null ? '' : dateTime(lead.next_step_at, i18n.language)}
        type="datetime-local"
        disabled={!lead.can.change}
        onSave={(text) => onChange({ next_step_at: text === '' ? null : new Date(text).toISOString() })}
      />
      {sla.state !== 'none' && sla.started_at !== null && sla.due_at !== null && <SlaBar startedAt={sla.started_at} dueAt={sla.due_at} stoppedAt={sla.stopped_at} />}
      {sla.state !== 'none' && sla.policy !== null && <p className={styles.muted} dir="auto">{sla.policy}</p>}
      {sla.paused !== null && (
        <p className={styles.muted}>
          <bdi>{t('leads.page.paused', { rule: sla.paused })}</bdi>
        </p>
      )}
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
