import { useTranslation } from 'react-i18next'
import type { ScoringNumbers } from '@/api/scoring'
import { AutoNumber } from '@/ui/AutoField'
import { Pair, Section } from '@/ui/Screen'

type Field = Exclude<keyof ScoringNumbers, 'price_minor' | 'least_budget'>

const FIELDS: readonly { field: Field; min: number; max: number }[] = [
  { field: 'hot', min: 1, max: 100 },
  { field: 'warm', min: 1, max: 100 },
  { field: 'ready', min: 1, max: 100 },
  { field: 'half_life_days', min: 1, max: 365 },
  { field: 'fit_cap', min: 0, max: 100 },
  { field: 'engagement_cap', min: 0, max: 100 },
  { field: 'opens_cap', min: 0, max: 100 },
]

type Props = { numbers: ScoringNumbers; disabled: boolean; onSave: (fields: Partial<ScoringNumbers>) => void }

/** From how many points a lead is warm, hot and ready, and how much each part may add. */
export function Limits({ numbers, disabled, onSave }: Props) {
  const { t } = useTranslation()
  return (
    <Section title={t('flow.scoring.limits')}>
      <Pair>
        {FIELDS.map(({ field, min, max }) => (
          <AutoNumber
            key={field}
            label={t(`flow.scoring.${field}`)}
            value={numbers[field]}
            min={min}
            max={max}
            wrong={t('flow.scoring.wrong', { min, max })}
            suffix={field === 'half_life_days' ? t('flow.scoring.days') : undefined}
            disabled={disabled}
            onSave={(value) => onSave({ [field]: value })}
          />
        ))}
      </Pair>
    </Section>
  )
}
