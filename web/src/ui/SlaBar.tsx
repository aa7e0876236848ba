import { useTranslation } from 'react-i18next'
import { useNow } from '@/lib/now'
import { duration } from '@/lib/time'

type Props = { startedAt: string; dueAt: string; stoppedAt: string | null }

/** The time left to the first human touch, as a bar and in words. */
export function SlaBar({ startedAt, dueAt, stoppedAt }: Props) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const start = new Date(startedAt).getTime()
  const due = new Date(dueAt).getTime()
  const end = stoppedAt === null ? now : new Date(stoppedAt).getTime()
  const used = Math.min(Math.max((end - start) / Math.max(due - start, 1), 0), 1)
  const time = duration(due - now, i18n.language)
  const late = end > due
  const text = stoppedAt !== null && !late ? t('ui.sla.met') : late ? t('ui.sla.late', { time: duration(end - due, i18n.language) }) : t('ui.sla.left', { time })
  const colour = late ? 'var(--hot)' : stoppedAt !== null ? 'var(--ok)' : used >= 0.5 ? 'var(--warm)' : 'var(--accent)'
  return (
    <div style={{ display: 'grid', gap: 4, fontSize: 12, color: late ? 'var(--hot)' : 'var(--ink2)' }}>
      <div style={{ blockSize: 4, borderRadius: 2, background: 'var(--line)', overflow: 'hidden' }} aria-hidden>
        <div style={{ blockSize: '100%', inlineSize: `${used * 100}%`, background: colour }} />
      </div>
      <span>{text}</span>
    </div>
  )
}
