import { useTranslation } from 'react-i18next'
import type { PredictionModel } from '@/api/prediction'
import { Note, Section } from '@/ui/Screen'
import { percent } from './shares'

/** What warns that new leads are not like those learned from; nothing when they are. */
export function Drift({ model }: { model: PredictionModel }) {
  const { t, i18n } = useTranslation()
  const inputs = new Map([...model.drift.inputs, ...model.since.inputs].map((input) => [input.key, input.label]))
  const outcomes = model.since.outcomes ?? model.drift.outcomes
  if (!model.useful || (inputs.size === 0 && outcomes === null)) return null
  const share = (value: number) => percent(value, i18n.language, 1)
  return (
    <Section title={t('prediction.drift')}>
      {outcomes !== null && (
        <Note tone="warm">
          {t('prediction.driftOutcome', { predicted: share(outcomes.predicted), happened: share(outcomes.happened), leads: outcomes.leads.toLocaleString(i18n.language) })}
        </Note>
      )}
      {[...inputs].map(([key, label]) => (
        <Note key={key} tone="warm">
          {t('prediction.driftInput', { label })}
        </Note>
      ))}
    </Section>
  )
}
