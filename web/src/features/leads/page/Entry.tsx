import { IconArrowsRightLeft, IconBolt, IconBrandWhatsapp, IconBook, IconBriefcase, IconCalendarEvent, IconClock, IconDownload, IconForms, IconMail, IconMessage, IconNote, IconPencil, IconPhone, IconStar, IconUserCheck, IconWorld, type Icon } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import type { TimelineEntry } from '@/api/shapes'
import { clockTime, dateTime } from '@/lib/time'
import { sourceWord } from '@/records/described'
import { useLeadFields } from '../lists'
import { callFacts, changeLines, inquiryFacts, lossNote, meetingFacts, otherwiseLines, type ChangeLine } from './entryWords'
import { Files } from './Files'
import { MailParts } from './MailParts'
import styles from './Timeline.module.css'

const ICONS: Record<string, Icon> = {
  inquiry: IconForms,
  message: IconMessage,
  auto_reply: IconMail,
  mail_delayed: IconMail,
  mail_seen: IconMail,
  note: IconNote,
  call: IconPhone,
  meeting: IconCalendarEvent,
  stage: IconArrowsRightLeft,
  converted: IconBriefcase,
  assigned: IconUserCheck,
  scored: IconStar,
  sla: IconClock,
  automation: IconBolt,
  field: IconPencil,
  visit: IconWorld,
  stay: IconBook,
  download: IconDownload,
  webinar: IconCalendarEvent,
  event: IconCalendarEvent,
}

const CHANNELS: Record<string, Icon> = { whatsapp: IconBrandWhatsapp, email: IconMail }

/** One thing that happened, with who did it and when. */
export function Entry({ entry }: { entry: TimelineEntry }) {
  const { t, i18n } = useTranslation()
  const Sign = (entry.kind === 'message' ? CHANNELS[entry.channel] : undefined) ?? ICONS[entry.kind] ?? IconBolt
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
        {entry.channel === 'email' && <MailParts entry={entry} />}
        <Files media={media} />
        <Said entry={entry} />
        <p className={failed ? `${styles.meta} ${styles.failed}` : styles.meta} title={dateTime(entry.at, i18n.language)}>
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

/** The line above what was said. */
function factsOf(entry: TimelineEntry, t: TFunction, language: string): string[] {
  if (entry.kind === 'call') return callFacts(entry, t, language)
  if (entry.kind === 'meeting') return meetingFacts(entry, t, language)
  if (entry.kind === 'inquiry') return [t('leads.timeline.inquiry'), ...inquiryFacts(entry, (key, label) => sourceWord(key, label, t))]
  return []
}

/** What the entry says: words that were written, or a sentence about what changed. */
function Said({ entry }: { entry: TimelineEntry }) {
  const { t, i18n } = useTranslation()
  const look = ['note', 'call', 'meeting'].includes(entry.kind) ? styles.note : entry.kind === 'inquiry' ? styles.in : entry.kind !== 'message' ? '' : entry.direction === 'in' ? styles.in : styles.out
  if (entry.kind === 'field') return <Changes entry={entry} />
  const facts = factsOf(entry, t, i18n.language)
  const note = lossNote(entry)
  return (
    <>
      {facts.length > 0 && (
        <p className={styles.text}>
          <bdi>{facts.join(' · ')}</bdi>
        </p>
      )}
      {entry.text !== '' && (
        <p className={`${styles.text} ${look}`} dir="auto">
          {entry.text}
        </p>
      )}
      {entry.kind === 'inquiry' && <Otherwise entry={entry} />}
      {note !== '' && (
        <p className={`${styles.text} ${styles.note}`} dir="auto">
          {note}
        </p>
      )}
    </>
  )
}

type Tell = typeof changeLines

function useLines(entry: TimelineEntry, tell: Tell): ChangeLine[] {
  const { t, i18n } = useTranslation()
  const { workspace } = useMe()
  const words = { language: i18n.language, currency: workspace.currency, yes: t('leads.field.yes'), no: t('leads.field.no') }
  return tell(entry, useLeadFields(), words)
}

/** What a further inquiry said otherwise; the lead kept what it had, so that nothing is lost unseen. */
function Otherwise({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const lines = useLines(entry, otherwiseLines).filter(({ after }) => after !== '')
  if (lines.length === 0) return null
  return (
    <p className={styles.text}>
      {t('leads.timeline.otherwise')}{' '}
      {lines.map(({ key, label, after }, index) => (
        <span key={key}>
          {index > 0 && ' · '}
          <bdi className={styles.label}>{label}:</bdi> <bdi>{after}</bdi>
        </span>
      ))}
    </p>
  )
}

function Changes({ entry }: { entry: TimelineEntry }) {
  const { i18n } = useTranslation()
  return useLines(entry, changeLines).map(({ key, label, before, after }) => (
    <p key={key} className={styles.text}>
      <bdi className={styles.label}>{label}:</bdi>{' '}
      {before !== '' && (
        <>
          <bdi className={styles.before}>{before}</bdi> <span aria-hidden>{i18n.dir() === 'rtl' ? '←' : '→'}</span>{' '}
        </>
      )}
      <bdi>{after === '' ? '–' : after}</bdi>
    </p>
  ))
}
