import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changeScoringSettings, getScoring, type ScoringNumbers, type Template } from '@/api/scoring'
import { minorDigits, parseMoney } from '@/lib/money'
import { newId } from '@/lib/uuid'
import { AutoField, AutoNumber } from '@/ui/AutoField'
import { Note, Pair, Section } from '@/ui/Screen'

const TEMPLATES = ['bant', 'meddic', ''] as const
const KEY = ['scoring', 'all']

type Props = { numbers: ScoringNumbers; currency: string; disabled: boolean; onSave: (fields: Partial<ScoringNumbers>) => void }

/** Which questions qualify a lead, and when a budget is too small for what is sold. */
export function Questions({ numbers, currency, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const settings = useQuery({ queryKey: KEY, queryFn: getScoring }).data?.settings
  const choose = useMutation({
    mutationFn: (template: Template) => changeScoringSettings({ template }, settings?.version ?? null, newId()),
    onSettled: () => client.invalidateQueries({ queryKey: ['scoring'] }),
  })
  const digits = 10 ** minorDigits(currency)
  return (
    <Section title={t('flow.scoring.questions')} intro={t('flow.scoring.questionsIntro')}>
      {choose.isError && <Note tone="hot">{t('flow.scoring.failed')}</Note>}
      <Select
        label={t('flow.scoring.template')}
        allowDeselect={false}
        disabled={disabled || settings === undefined || choose.isPending}
        data={TEMPLATES.map((value) => ({ value: value || 'none', label: t(`flow.scoring.templates.${value || 'none'}`) }))}
        value={settings ? settings.template || 'none' : null}
        onChange={(value) => value !== null && choose.mutate(TEMPLATES.find((one) => one === value) ?? '')}
      />
      <Pair>
        <AutoField
          label={t('flow.scoring.price')}
          description={t('flow.scoring.priceHint')}
          dir="ltr"
          value={numbers.price_minor === 0 ? '' : String(numbers.price_minor / digits)}
          suffix={currency}
          disabled={disabled}
          check={(text) => (text === '' || (parseMoney(text, currency) ?? -1) >= 0 ? undefined : t('flow.scoring.needAmount'))}
          onSave={(text) => onSave({ price_minor: parseMoney(text, currency) ?? 0 })}
        />
        <AutoNumber
          label={t('flow.scoring.least_budget')}
          value={numbers.least_budget}
          min={0}
          max={100}
          wrong={t('flow.scoring.wrong', { min: 0, max: 100 })}
          suffix={t('flow.scoring.ofPrice')}
          disabled={disabled}
          onSave={(value) => onSave({ least_budget: value })}
        />
      </Pair>
    </Section>
  )
}
