import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Factor, PredictionModel } from '@/api/prediction'
import { Row, Rows } from '@/ui/Rows'
import { Section } from '@/ui/Screen'
import { percent, points } from './shares'

type Props = { model: PredictionModel; mayChange: boolean; onAllow: (key: string) => void; onRefuse: (key: string) => void }

/** What the prediction looks at and what it does not, and the way to overrule it. */
export function Factors({ model, mayChange, onAllow, onRefuse }: Props) {
  const { t, i18n } = useTranslation()
  return (
    <>
      {model.factors.length > 0 && (
        <Section title={t('prediction.factors')} intro={t('prediction.factorsIntro')}>
          <Rows label={t('prediction.factors')}>
            {model.factors.map((factor) => (
              <Row
                key={factor.key}
                title={<bdi>{factor.label}</bdi>}
                detail={<Values factor={factor} />}
                end={
                  <>
                    <bdi dir="ltr">{t('prediction.moves', { points: percent(factor.moves, i18n.language, 1) })}</bdi>
                    {mayChange && (
                      <Button variant="subtle" size="compact-sm" onClick={() => onRefuse(factor.key)}>
                        {t('prediction.leave')}
                      </Button>
                    )}
                  </>
                }
              />
            ))}
          </Rows>
        </Section>
      )}
      {model.refused.length > 0 && (
        <Section title={t('prediction.refused')} intro={t('prediction.refusedIntro')}>
          <Rows label={t('prediction.refused')}>
            {model.refused.map((field) => (
              <Row
                key={field.key}
                title={<bdi>{field.label}</bdi>}
                detail={t(`prediction.why.${field.why}`)}
                end={
                  mayChange && (
                    <Button variant="subtle" size="compact-sm" onClick={() => onAllow(field.key)}>
                      {t('prediction.allow')}
                    </Button>
                  )
                }
              />
            ))}
          </Rows>
        </Section>
      )}
    </>
  )
}

function Values({ factor }: { factor: Factor }) {
  const { t, i18n } = useTranslation()
  const named = (value: Factor['values'][number]['value']): string => {
    if (value.length === 0) return t('prediction.any')
    const number = (one: string | number | null | undefined) => (typeof one === 'number' ? one.toLocaleString(i18n.language) : String(one))
    if (value.length === 1) return value[0] === '' ? t('chance.nothing') : String(value[0])
    const [from, to] = value
    if (from === null) return to === null ? t('prediction.any') : t('prediction.below', { n: number(to) })
    return to === null ? t('prediction.atLeast', { n: number(from) }) : t('prediction.between', { from: number(from), to: number(to) })
  }
  return (
    <>
      {factor.values.slice(0, 4).map((one, index) => (
        <span key={one.value.join('–')}>
          {index > 0 && ' · '}
          <bdi>{named(one.value)}</bdi> <bdi dir="ltr">{points(one.moves, i18n.language)}</bdi>
        </span>
      ))}
    </>
  )
}
