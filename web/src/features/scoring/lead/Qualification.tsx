import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getQualification, type Question } from '@/api/scoring'
import type { Lead } from '@/api/shapes'
import { formatMoney, minorDigits, parseMoney } from '@/lib/money'
import { FieldEdit } from '@/ui/FieldEdit'
import { Note } from '@/ui/Screen'
import styles from './Qualification.module.css'

const ANSWERS = ['yes', 'partly', 'no'] as const
const TITLES = { bant: 'BANT', meddic: 'MEDDIC' } as const

type Props = { lead: Lead; onChange: (fields: Partial<Lead>) => void; onLost: (() => void) | undefined }

/** What is known of the questions that qualify a lead, what it is worth, and what is still to be found out. */
export function Qualification({ lead, onChange, onLost }: Props) {
  const { t } = useTranslation()
  const { version } = lead
  const found = useQuery({ queryKey: ['leads', 'qualification', lead.id, version], queryFn: ({ signal }) => getQualification(lead.id, signal), placeholderData: (before) => before }).data
  if (!found || (found.template === '' && lead.budget_minor === null)) return null
  const answers = found.questions.map((question) => ({ ...question, ...(lead.qualification[question.key] ?? { state: '' as const, note: '' }) }))
  const missing = answers.filter(({ state }) => state === '').map(({ label }) => label)
  const title = found.template === '' ? t('qualify.title') : TITLES[found.template]
  return (
    <section className={styles.section} aria-label={title}>
      <h2>
        {title}
        {answers.length > 0 && <span className={styles.muted}>{t('qualify.complete', { percent: share(answers.length - missing.length, answers.length) })}</span>}
      </h2>
      <Budget lead={lead} onChange={onChange} />
      {found.poor_fit && <PoorFit lead={lead} price={found.price_minor} percent={found.least_budget} currency={found.currency} onLost={onLost} />}
      {answers.map((question) => (
        <Answer
          key={question.key}
          question={question}
          disabled={!lead.can.change}
          onAnswer={(answer) => onChange({ qualification: { ...lead.qualification, [question.key]: { state: question.state, note: question.note, ...answer } } })}
        />
      ))}
      {answers.length > 0 && <p className={styles.muted}>{missing.length === 0 ? t('qualify.nothingMissing') : t('qualify.missing', { names: missing.join(', ') })}</p>}
    </section>
  )
}

const share = (some: number, all: number): number => Math.round((100 * some) / all)

type AnswerProps = { question: Question; disabled: boolean; onAnswer: (answer: Partial<Pick<Question, 'state' | 'note'>>) => void }

function Answer({ question, disabled, onAnswer }: AnswerProps) {
  const { t } = useTranslation()
  const { label, hint, state, note, worth } = question
  const points = worth.find((one) => one.state === state)?.points ?? 0
  return (
    <div className={styles.question} role="group" aria-label={label}>
      <div className={styles.line}>
        <span title={hint}>{label}</span>
        {points !== 0 && <bdi dir="ltr">{points > 0 ? `+${points}` : `−${-points}`}</bdi>}
      </div>
      <div className={styles.choices}>
        {ANSWERS.map((answer) => (
          <button key={answer} type="button" data-answer={answer} aria-pressed={state === answer} disabled={disabled} onClick={() => onAnswer({ state: state === answer ? '' : answer })}>
            {t(`qualify.answers.${answer}`)}
          </button>
        ))}
      </div>
      {(note !== '' || !disabled) && <FieldEdit label={t('qualify.note', { label })} hint={hint} value={note} type="multiline" disabled={disabled} onSave={(text) => onAnswer({ note: text.trim() })} />}
    </div>
  )
}

function Budget({ lead, onChange }: Pick<Props, 'lead' | 'onChange'>) {
  const { t, i18n } = useTranslation()
  const { currency, budget_minor: budget } = lead
  return (
    <div className={styles.line}>
      <span>{t('qualify.budget')}</span>
      <FieldEdit
        label={t('qualify.budget')}
        value={budget === null ? '' : String(budget / 10 ** minorDigits(currency))}
        shown={budget === null ? '' : formatMoney(budget, currency, i18n.language)}
        disabled={!lead.can.change}
        check={(text) => (text.trim() === '' || parseMoney(text, currency) !== null ? undefined : t('leads.add.needAmount'))}
        onSave={(text) => onChange({ budget_minor: text.trim() === '' ? null : parseMoney(text, currency) })}
      />
    </div>
  )
}

type PoorFitProps = Pick<Props, 'lead' | 'onLost'> & { price: number; percent: number; currency: string }

function PoorFit({ lead, price, percent, currency, onLost }: PoorFitProps) {
  const { t, i18n } = useTranslation()
  const money = (minor: number) => formatMoney(minor, currency, i18n.language)
  return (
    <Note tone="warm">
      {t('qualify.poorFit', { budget: money(lead.budget_minor ?? 0), percent, price: money(price) })}{' '}
      {onLost && lead.can.change && lead.status === 'open' && (
        <button type="button" className={styles.link} onClick={onLost}>
          {t('qualify.close')}
        </button>
      )}
    </Note>
  )
}
