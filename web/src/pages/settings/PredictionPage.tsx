import { Button, Progress, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import type { Prediction } from '@/api/prediction'
import { Drift } from '@/features/scoring/prediction/Drift'
import { Factors } from '@/features/scoring/prediction/Factors'
import { Quality } from '@/features/scoring/prediction/Quality'
import { percent } from '@/features/scoring/prediction/shares'
import { isLearning, usePrediction } from '@/features/scoring/prediction/usePrediction'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen, Section } from '@/ui/Screen'

/** Which leads will buy: how well that can be told here, from what, and whether it is shown. */
export function PredictionPage() {
  const { t } = useTranslation()
  const mayChange = useRight('settings:write')
  const { found, learn, change } = usePrediction()
  const now = found.data
  const busy = isLearning(now) || learn.isPending
  const asked = learn.error ?? change.error
  return (
    <Screen
      title={t('settings.screen.prediction')}
      intro={t('prediction.intro')}
      action={
        mayChange && (
          <Button loading={busy} disabled={now?.enough !== true} onClick={() => learn.mutate()}>
            {t('prediction.train')}
          </Button>
        )
      }
    >
      {!mayChange && now !== undefined && <Note>{t('ui.readOnly')}</Note>}
      {asked !== null && <Note tone="hot">{asked.message}</Note>}
      <Loaded found={found} height={200}>
        {(prediction) => (
          <>
            <State prediction={prediction} />
            {prediction.model !== null && (
              <>
                <Section>
                  <Switch
                    label={t('prediction.switch')}
                    description={t('prediction.switchHint')}
                    checked={prediction.enabled}
                    disabled={!mayChange || (!prediction.model.useful && !prediction.enabled)}
                    onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
                  />
                </Section>
                <Drift model={prediction.model} />
                <Quality model={prediction.model} />
                {change.isSuccess && <Note>{t('prediction.next')}</Note>}
                <Factors
                  model={prediction.model}
                  mayChange={mayChange}
                  onAllow={(key) => change.mutate({ allowed: [...prediction.allowed, key], refused: prediction.refused.filter((one) => one !== key) })}
                  onRefuse={(key) => change.mutate({ refused: [...prediction.refused, key], allowed: prediction.allowed.filter((one) => one !== key) })}
                />
              </>
            )}
          </>
        )}
      </Loaded>
    </Screen>
  )
}

/** What the learning is doing, or what it still needs. */
function State({ prediction }: { prediction: Prediction }) {
  const { t, i18n } = useTranslation()
  const { training } = prediction
  const figure = (count: number) => count.toLocaleString(i18n.language)
  if (isLearning(prediction)) {
    const label = t('prediction.learning', { percent: percent(training.progress, i18n.language) })
    return (
      <div role="status">
        <Note>{label}</Note>
        <Progress value={training.progress * 100} aria-label={label} />
      </div>
    )
  }
  if (training.state === 'failed') return <Note tone="hot">{t('prediction.failed')}</Note>
  if (prediction.model !== null) return null
  if (prediction.enough) return <Note>{t('prediction.never')}</Note>
  return <Note>{t('prediction.few', { closed: figure(prediction.closed_leads), won: figure(prediction.won_leads) })}</Note>
}
