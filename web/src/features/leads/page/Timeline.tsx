import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '@/api/shapes'
import { useNow } from '@/lib/now'
import { day } from '@/lib/time'
import { Bone } from '@/ui/states'
import { Entry } from './Entry'
import styles from './Timeline.module.css'

export type TimelineFilter = 'all' | 'talk' | 'note' | 'change'

/** The kinds of entries behind each filter; all kinds where nothing stands. */
export const KINDS: Record<TimelineFilter, string | undefined> = {
  all: undefined,
  talk: 'message,call,meeting',
  note: 'note',
  change: 'stage,converted,field,assigned,scored,sla,automation,system',
}

type Props = {
  entries: readonly TimelineEntry[]
  /** Nobody knows yet whether anything has happened. */
  pending: boolean
  filter: TimelineFilter
  onFilter: (filter: TimelineFilter) => void
  onOlder: (() => void) | undefined
}

/** What happened, newest first, by day. */
export function Timeline({ entries, pending, filter, onFilter, onOlder }: Props) {
  const { t, i18n } = useTranslation()
  const days = Map.groupBy(entries, (entry) => new Date(entry.at).toDateString())
  const now = useNow()
  const today = new Date(now).toDateString()
  const yesterday = new Date(now - 24 * 60 * 60 * 1000).toDateString()
  const nameOf = (key: string) => (key === today ? t('leads.timeline.today') : key === yesterday ? t('leads.timeline.yesterday') : day(key, i18n.language))
  return (
    <section aria-label={t('leads.page.timeline')}>
      <div className={styles.filters}>
        {(Object.keys(KINDS) as TimelineFilter[]).map((one) => (
          <button key={one} type="button" className={styles.filter} aria-pressed={filter === one} onClick={() => onFilter(one)}>
            {t(`leads.timeline.filters.${one}`)}
          </button>
        ))}
      </div>
      {entries.length === 0 && (pending ? <Bone height={48} /> : <p className={styles.meta}>{t('leads.timeline.empty')}</p>)}
      {[...days].map(([key, ofDay]) => (
        <div key={key}>
          <h2 className={styles.day}>{nameOf(key)}</h2>
          <ol className={styles.list}>
            {ofDay.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </div>
      ))}
      {onOlder && (
        <button type="button" className={styles.more} onClick={onOlder}>
          {t('leads.timeline.older')}
        </button>
      )}
    </section>
  )
}
