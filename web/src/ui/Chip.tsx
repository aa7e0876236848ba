import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Chip.module.css'

export type Tone = 'hot' | 'warm' | 'cold' | 'ok' | 'accent' | 'plain'

/** A short word on a tint of its own colour. */
export function Chip({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles.chip} ${styles[tone]}`}>{children}</span>
}

/** Temperature and score in words, so that colour is never the only sign. */
export function BandChip({ band, score }: { band: 'hot' | 'warm' | 'cold'; score: number }) {
  const { t } = useTranslation()
  return (
    <Chip tone={band}>
      {t(`ui.band.${band}`)} {score}
    </Chip>
  )
}
