import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { trySpam, type SpamFilter, type SpamMark, type SpamTrial } from '@/api/spam'
import { newId } from '@/lib/uuid'
import { Chip } from '@/ui/Chip'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Row, Rows } from '@/ui/Rows'
import { Buttons, Note, Section } from '@/ui/Screen'

/** How good the filter is, with how that was counted; or what it still needs. */
export function SpamQuality({ filter }: { filter: SpamFilter }) {
  const { t, i18n } = useTranslation()
  const figure = (count: number) => count.toLocaleString(i18n.language)
  const { quality } = filter
  return (
    <>
      {filter.waiting && quality !== null && <Note>{t('webforms.spam.learning')}</Note>}
      {quality === null && <Note>{t('webforms.spam.few', { needed: figure(filter.needed_each), spam: figure(filter.spam), good: figure(filter.good + filter.answered) })}</Note>}
      {quality !== null && (
        <Section title={t('webforms.spam.quality')} intro={t('webforms.spam.how')}>
          <p style={{ margin: 0 }}>{t('webforms.spam.caught', { caught: figure(quality.caught), spam: figure(quality.spam) })}</p>
          <p style={{ margin: 0 }}>{t('webforms.spam.alarms', { alarms: figure(quality.false_alarms), good: figure(quality.good) })}</p>
        </Section>
      )}
    </>
  )
}

/** A text to try the filter with. */
export function SpamTry() {
  const { t, i18n } = useTranslation()
  const say = useSentence()
  const [text, setText] = useState('')
  const [trial, setTrial] = useState<SpamTrial>()
  const [wrong, setWrong] = useState<string>()
  async function run(): Promise<void> {
    setWrong(undefined)
    try {
      setTrial(await trySpam(text, newId()))
    } catch (error) {
      setWrong(say(error))
    }
  }
  const chance = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(trial?.chance ?? 0)
  return (
    <Section title={t('webforms.spam.try')}>
      <Textarea aria-label={t('webforms.spam.try')} dir="auto" autosize minRows={2} maxRows={8} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Buttons>
        <Button disabled={text.trim() === ''} onClick={() => void run()}>
          {t('webforms.spam.tryButton')}
        </Button>
      </Buttons>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {trial?.learned === true && (
        <div role="status">
          <Note tone={trial.spam ? 'warm' : 'ok'}>
            {t(trial.spam ? 'webforms.spam.isSpam' : 'webforms.spam.isGood', { chance })}
            {trial.signs.length > 0 && <> · {t('webforms.spam.signs', { signs: trial.signs.join(', ') })}</>}
          </Note>
        </div>
      )}
    </Section>
  )
}

type MarksProps = { marks: readonly SpamMark[]; disabled: boolean; onTakeBack: (id: string) => void }

/** What people marked, each of which can be taken back. */
export function SpamMarks({ marks, disabled, onTakeBack }: MarksProps) {
  const { t } = useTranslation()
  if (marks.length === 0) return <Note>{t('webforms.spam.noMarks')}</Note>
  return (
    <Rows label={t('webforms.spam.marks')}>
      {marks.map((mark) => (
        <Row
          key={mark.id}
          tall
          title={
            <>
              <Chip tone={mark.spam ? 'hot' : 'ok'}>{t(mark.spam ? 'webforms.spam.spamMark' : 'webforms.spam.goodMark')}</Chip>
              <bdi style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{mark.said}</bdi>
            </>
          }
          detail={
            <>
              <bdi>{mark.form}</bdi>
              {mark.by !== '' && <> · {t('webforms.spam.by', { name: mark.by })}</>} · <When at={mark.at} />
            </>
          }
          end={
            !disabled && (
              <Button size="xs" onClick={() => onTakeBack(mark.id)}>
                {t('webforms.spam.undo')}
              </Button>
            )
          }
        />
      ))}
    </Rows>
  )
}
