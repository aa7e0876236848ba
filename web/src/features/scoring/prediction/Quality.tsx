import { useTranslation } from 'react-i18next'
import type { PredictionModel } from '@/api/prediction'
import { Row, Rows } from '@/ui/Rows'
import { Note, Section } from '@/ui/Screen'
import { Calibration } from './Calibration'
import { percent } from './shares'

const VERDICT = { prediction: 'betterPrediction', rules: 'betterRules', neither: 'betterNeither' } as const

/** The measured quality, in words first and numbers after. */
export function Quality({ model }: { model: PredictionModel }) {
  const { t, i18n } = useTranslation()
  const { measures } = model
  const share = (value: number, digits = 1) => percent(value, i18n.language, digits)
  const figure = (value: number, digits: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: digits })
  const verdict = model.better === null ? undefined : VERDICT[model.better]
  return (
    <Section title={t('prediction.quality')} intro={t('prediction.qualityIntro')}>
      <Note>{t('prediction.from', { leads: model.leads.toLocaleString(i18n.language), won: model.won.toLocaleString(i18n.language) })}</Note>
      {!model.useful && <Note tone="warm">{t('prediction.noSignal')}</Note>}
      {model.useful && verdict !== undefined && <Note tone={model.better === 'prediction' ? 'ok' : 'warm'}>{t(`prediction.${verdict}`)}</Note>}
      {measures !== null && (
        <>
          <Rows label={t('prediction.quality')}>
            <Row
              title={t('prediction.measure.auc')}
              detail={
                model.rules === null
                  ? t('prediction.measure.aucAlone', { low: share(measures.auc_low), high: share(measures.auc_high) })
                  : t('prediction.measure.aucHint', { low: share(measures.auc_low), high: share(measures.auc_high), rules: share(model.rules.auc) })
              }
              end={share(measures.auc)}
            />
            <Row
              title={t('prediction.measure.lift')}
              detail={t('prediction.measure.liftHint', { twenty: figure(measures.lift_20, 1) })}
              end={t('prediction.measure.times', { n: figure(measures.lift_10, 1) })}
            />
            <Row title={t('prediction.measure.calibration')} end={share(measures.calibration_error)} />
            <Row
              title={t('prediction.measure.logLoss')}
              detail={t('prediction.measure.base', { value: figure(measures.base_log_loss, 3) })}
              end={figure(measures.log_loss, 3)}
            />
            <Row
              title={t('prediction.measure.brier')}
              detail={t('prediction.measure.base', { value: figure(measures.base_brier, 3) })}
              end={figure(measures.brier, 3)}
            />
          </Rows>
          <Calibration bins={measures.calibration} />
        </>
      )}
    </Section>
  )
}
