import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Weekday, Weekly } from '@/api/assignment'
import { AutoField } from '@/ui/AutoField'
import { Note } from '@/ui/Screen'
import styles from './Answer.module.css'
import { dayName, firstDayOf, nextTimes, standardWeek, weekFrom, withDay } from './hours'

type Props = {
  weekly: Weekly
  country: string
  disabled: boolean
  /** What no hours at all mean, where it is something else than that every hour counts. */
  unset?: string
  onSave: (weekly: Weekly) => void
}

/** The hours of each day of the week. */
export function Week({ weekly, country, disabled, unset, onSave }: Props) {
  const { t, i18n } = useTranslation()
  const standard = standardWeek(country)
  const days = Object.keys(standard) as Weekday[]
  const ends = [days[0], days.at(-1)].map((day) => day && dayName(day, i18n.language, 'short'))
  return (
    <>
      {Object.keys(weekly).length === 0 && (
        <>
          <Note {...(unset === undefined && { tone: 'warm' })}>{unset ?? t('flow.answer.notSet')}</Note>
          {!disabled && (
            <div>
              <Button onClick={() => onSave(standard)}>{t('flow.answer.standard', { days: ends.join('–') })}</Button>
            </div>
          )}
        </>
      )}
      <ul className={styles.days}>
        {weekFrom(firstDayOf(country)).map((day) => (
          <Day key={day} unset={Object.keys(weekly).length === 0} name={dayName(day, i18n.language)} times={weekly[day] ?? []} disabled={disabled} onSave={(times) => onSave(withDay(weekly, day, times))} />
        ))}
      </ul>
    </>
  )
}

function Day({ name, unset, times, disabled, onSave }: { name: string; unset: boolean; times: readonly string[][]; disabled: boolean; onSave: (times: string[][]) => void }) {
  const { t } = useTranslation()
  const more = nextTimes(times)
  const put = (at: number, pair: string[]) => onSave(times.map((one, index) => (index === at ? pair : one)))
  return (
    <li className={styles.day}>
      <span>{name}</span>
      <div className={styles.times}>
        {times.length === 0 && <span className={styles.closed}>{unset ? '–' : t('flow.answer.closed')}</span>}
        {times.map(([from = '', to = ''], at) => (
          <div key={`${from}-${to}`} className={styles.time}>
            <AutoField hiddenLabel type="time" dir="ltr" width={140} label={t('flow.answer.opens', { day: name })} value={from} disabled={disabled} check={(text) => (text !== '' && text < to ? undefined : t('flow.answer.order'))} onSave={(text) => put(at, [text, to])} />
            <AutoField hiddenLabel type="time" dir="ltr" width={140} label={t('flow.answer.closes', { day: name })} value={to} disabled={disabled} check={(text) => (text > from ? undefined : t('flow.answer.order'))} onSave={(text) => put(at, [from, text])} />
            {!disabled && (
              <ActionIcon aria-label={t('flow.answer.removeTime', { day: name })} onClick={() => onSave(times.filter((_, index) => index !== at))}>
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        ))}
      </div>
      {!disabled && (
        <ActionIcon aria-label={t('flow.answer.addTime', { day: name })} disabled={more === undefined} onClick={() => more && onSave([...times, more])}>
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}
