import { IconArrowsRightLeft, IconBolt, IconBrandWhatsapp, IconClock, IconForms, IconMessage, IconNote, IconPencil, IconPhone, IconStar, IconUserCheck, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '@/api/shapes'
import { useNow } from '@/lib/now'
import { clockTime, day } from '@/lib/time'
import styles from './Timeline.module.css'

export type TimelineFilter = 'all' | 'talk' | 'note' | 'change'

/** The kinds of entries behind each filter; all kinds where nothing stands. */
export const KINDS: Record<TimelineFilter, string | undefined> = {
  all: undefined,
  talk: 'message,call',
  note: 'note',
  change: 'stage,field,assigned,scored,sla,automation,system',
}

const ICONS: Record<string, Icon> = {
  inquiry: IconForms,
  message: IconMessage,
  note: IconNote,
  call: IconPhone,
  stage: IconArrowsRightLeft,
  assigned: IconUserCheck,
  scored: IconStar,
  sla: IconClock,
  automation: IconBolt,
  field: IconPencil,
}

type Props = {
  entries: readonly TimelineEntry[]
  filter: TimelineFilter
  onFilter: (filter: TimelineFilter) => void
  onOlder: (() => void) | undefined
}

/** What happened, newest first, by day. */
export function Timeline({ entries, filter, onFilter, onOlder }: Props) {
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
      {entries.length === 0 && <p className={styles.meta}>{t('leads.timeline.empty')}</p>}
      {[...days].map(([key, ofDay]) => (
        <div key={key}>
          <h3 className={styles.day}>{nameOf(key)}</h3>
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

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t, i18n } = useTranslation()
  const Sign = entry.kind === 'message' && entry.channel === 'whatsapp' ? IconBrandWhatsapp : (ICONS[entry.kind] ?? IconBolt)
  const look = entry.kind === 'note' ? styles.note : entry.kind !== 'message' ? '' : entry.direction === 'in' ? styles.in : styles.out
  const { state, error_text: error, media = [] } = entry.payload
  const failed = state === 'failed' || state === 'uncertain'
  const parts = [
    entry.actor?.name,
    clockTime(entry.at, i18n.language),
    entry.automatic ? t('leads.timeline.automatic') : undefined,
    state && entry.direction === 'out' ? t(`leads.timeline.state.${state}`) : undefined,
  ].filter((part) => part !== undefined)
  return (
    <li className={styles.entry} data-entry={entry.kind}>
      <span className={styles.icon} aria-hidden>
        <Sign size={14} stroke={1.7} />
      </span>
      <div className={styles.body}>
        {media.map((file) =>
          file.url === '' ? (
            <p key={file.n} className={styles.meta}>
              <bdi>{file.name}</bdi> {file.problem}
            </p>
          ) : file.mime.startsWith('image/') ? (
            <img key={file.n} className={styles.media} src={file.url} alt={file.name} loading="lazy" />
          ) : (
            <a key={file.n} href={file.url} download={file.name}>
              {file.name}
            </a>
          ),
        )}
        {entry.text !== '' && (
          <p className={`${styles.text} ${look}`} dir="auto">
            {entry.text}
          </p>
        )}
        <p className={failed ? `${styles.meta} ${styles.failed}` : styles.meta}>
          {parts.map((part, index) => (
            <span key={part}>
              {index > 0 && ' · '}
              <bdi>{part}</bdi>
            </span>
          ))}
          {failed && error !== undefined && error !== '' && <bdi> · {error}</bdi>}
        </p>
      </div>
    </li>
  )
}
