import { useTranslation } from 'react-i18next'
import type { SlaState } from '@/api/shapes'
import { useNow } from '@/lib/now'
import { duration } from '@/lib/time'

/** The reply clock of a lead in a few words. */
export function SlaWord({ state, due }: { state: SlaState; due: string | null }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  if (state === 'met') return <span style={{ color: 'var(--ok)' }}>{t('ui.sla.met')}</span>
  if (state === 'none' || due === null) return null
  const left = new Date(due).getTime() - now
  const time = duration(left, i18n.language)
  if (left < 0) return <strong style={{ color: 'var(--hot)' }}>{t('ui.sla.late', { time })}</strong>
  return <span style={{ color: state === 'running' ? undefined : 'var(--warm)' }}>{time}</span>
}
