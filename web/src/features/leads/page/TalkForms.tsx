import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MEETING_OUTCOMES, OUTCOMES, type CallDirection, type CallIn, type CallOutcome, type MeetingIn, type MeetingOutcome } from '@/api/touches'
import { useDraft } from '@/lib/draft'
import { useNow } from '@/lib/now'
import { wallTime } from '@/records/values'
import styles from './Composer.module.css'

const MINUTE = 60_000
const wall = (at: number): string => wallTime(new Date(at).toISOString())
const instant = (at: string): string => new Date(at).toISOString()

/** What is asked about a call: which way it went, how it ended, and what was said. */
export function CallForm({ draft, onCall }: { draft: string; onCall: (call: CallIn) => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const [direction, setDirection] = useState<CallDirection>('out')
  const [outcome, setOutcome] = useState<CallOutcome>('answered')
  const [minutes, setMinutes] = useState<number | string>('')
  const [at, setAt] = useState('')
  function onDirection(to: CallDirection): void {
    setDirection(to)
    if (!(OUTCOMES[to] as readonly CallOutcome[]).includes(outcome)) setOutcome('answered')
  }
  function onText(text: string): void {
    const seconds = outcome === 'answered' && typeof minutes === 'number' ? Math.round(minutes * 60) : undefined
    onCall({ direction, outcome, ...(at !== '' && { started_at: instant(at) }), ...(seconds !== undefined && { seconds }), ...(text !== '' && { text }) })
    setMinutes('')
    setAt('')
  }
  return (
    <TalkForm draft={draft} label={t('leads.composer.whatWasSaid')} submit={t('leads.composer.logCall')} onText={onText}>
      <Select
        label={t('leads.talk.direction')}
        allowDeselect={false}
        data={(['out', 'in'] as const).map((value) => ({ value, label: t(`leads.talk.call.${value}`) }))}
        value={direction}
        onChange={(to) => onDirection(to ?? 'out')}
      />
      <Select
        label={t('leads.talk.outcome')}
        allowDeselect={false}
        data={OUTCOMES[direction].map((value) => ({ value, label: t(`leads.talk.outcomes.${value}`) }))}
        value={outcome}
        onChange={(to) => setOutcome(to ?? 'answered')}
      />
      {outcome === 'answered' && <NumberInput label={t('leads.talk.minutes')} dir="ltr" hideControls min={0} max={1440} value={minutes} onChange={setMinutes} />}
      <TextInput label={t('leads.talk.when')} type="datetime-local" max={wall(now)} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
    </TalkForm>
  )
}

/** The last full quarter of an hour. */
const quarter = (now: number): string => wall(Math.floor(now / (15 * MINUTE)) * 15 * MINUTE)

/** What is asked about a meeting: when it was or will be, and what came of it. */
export function MeetingForm({ draft, onMeeting }: { draft: string; onMeeting: (meeting: MeetingIn) => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const [outcome, setOutcome] = useState<MeetingOutcome>('held')
  const [at, setAt] = useState(() => quarter(now))
  const [minutes, setMinutes] = useState<number | string>('')
  function onText(text: string): void {
    const starts = instant(at)
    const ends = typeof minutes === 'number' && minutes > 0 ? new Date(new Date(starts).getTime() + minutes * MINUTE).toISOString() : undefined
    onMeeting({ starts_at: starts, outcome, ...(ends !== undefined && { ends_at: ends }), ...(text !== '' && { text }) })
    setMinutes('')
  }
  return (
    <TalkForm draft={draft} label={t('leads.composer.whatCameOfIt')} submit={t('leads.composer.logMeeting')} disabled={at === ''} onText={onText}>
      <Select
        label={t('leads.talk.outcome')}
        allowDeselect={false}
        data={MEETING_OUTCOMES.map((value) => ({ value, label: t(`leads.talk.meetings.${value}`) }))}
        value={outcome}
        onChange={(to) => setOutcome(to ?? 'held')}
      />
      <TextInput label={t('leads.talk.starts')} type="datetime-local" required value={at} onChange={(event) => setAt(event.currentTarget.value)} />
      <NumberInput label={t('leads.talk.minutes')} dir="ltr" hideControls min={0} max={1440} value={minutes} onChange={setMinutes} />
    </TalkForm>
  )
}

type TalkProps = { draft: string; label: string; submit: string; disabled?: boolean; onText: (text: string) => void; children: ReactNode }

function TalkForm({ draft, label, submit, disabled = false, onText, children }: TalkProps) {
  const [text, setText] = useDraft(draft)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onText(text.trim())
        setText('')
      }}
    >
      <div className={styles.facts}>{children}</div>
      <textarea className={styles.text} dir="auto" aria-label={label} placeholder={label} data-composer value={text} onChange={(event) => setText(event.target.value)} />
      <div className={styles.foot}>
        <span className={styles.hint} />
        <Button type="submit" variant="filled" disabled={disabled}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
