import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Measures } from '@/api/prediction'
import { percent } from './shares'

const SIZE = 240
const EDGE = 28

/** What was predicted against what happened: dots on the line are honest chances. */
export function Calibration({ bins }: { bins: Measures['calibration'] }) {
  const { t, i18n } = useTranslation()
  const title = useId()
  const at = (share: number) => EDGE + share * (SIZE - EDGE - 8)
  const share = (value: number) => percent(value, i18n.language)
  return (
    <figure dir="ltr" style={{ margin: '12px 0 0' }}>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} style={{ width: '100%', maxWidth: 320, display: 'block' }} role="img" aria-labelledby={title}>
        <title id={title}>{t('prediction.chart')}</title>
        <line x1={at(0)} y1={SIZE - at(0)} x2={at(1)} y2={SIZE - at(1)} stroke="var(--ink2)" strokeDasharray="4 4" />
        <line x1={at(0)} y1={SIZE - at(0)} x2={at(1)} y2={SIZE - at(0)} stroke="var(--line)" />
        <line x1={at(0)} y1={SIZE - at(0)} x2={at(0)} y2={SIZE - at(1)} stroke="var(--line)" />
        {bins.map((bin) => (
          <circle key={bin.predicted} cx={at(bin.predicted)} cy={SIZE - at(bin.happened)} r={5} fill="var(--accent)">
            <title>{`${t('prediction.predicted')} ${share(bin.predicted)} · ${t('prediction.happened')} ${share(bin.happened)} · ${t('prediction.leads')} ${bin.count}`}</title>
          </circle>
        ))}
        <text x={at(0.5)} y={SIZE - 6} textAnchor="middle" fontSize={11} fill="var(--ink2)">
          {t('prediction.predicted')}
        </text>
        <text x={12} y={SIZE - at(0.5)} textAnchor="middle" fontSize={11} fill="var(--ink2)" transform={`rotate(-90 12 ${SIZE - at(0.5)})`}>
          {t('prediction.happened')}
        </text>
      </svg>
      <figcaption dir="auto">
        <small style={{ color: 'var(--ink2)' }}>{t('prediction.chartIntro')}</small>
      </figcaption>
    </figure>
  )
}
