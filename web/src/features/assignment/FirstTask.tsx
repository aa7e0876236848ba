import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AnswerPlan, AnswerPlanIn } from '@/api/assignment'
import { AutoField, AutoNumber } from '@/ui/AutoField'
import { Pair, Section } from '@/ui/Screen'

const FIRST_MINUTES = 30
const YEAR = 366 * 24 * 60

type Props = { plan: AnswerPlan; disabled: boolean; onSave: (fields: AnswerPlanIn) => void }

/** The task that comes with a lead, and within how many minutes it is due. */
export function FirstTask({ plan, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const minutes = plan.first_step_minutes
  return (
    <Section title={t('flow.answer.firstTask')} intro={t('flow.answer.firstTaskIntro')}>
      <Switch label={t('flow.answer.firstTaskOn')} checked={minutes !== null} disabled={disabled} onChange={(event) => onSave({ first_step_minutes: event.currentTarget.checked ? FIRST_MINUTES : null })} />
      {minutes !== null && (
        <Pair>
          <AutoField label={t('flow.answer.firstTaskName')} value={plan.first_step} disabled={disabled} check={(text) => (text === '' ? t('flow.answer.firstTaskName') : undefined)} onSave={(first_step) => onSave({ first_step })} />
          <AutoNumber label={t('flow.answer.firstTaskMinutes')} value={minutes} min={1} max={YEAR} wrong={t('flow.answer.wrong')} disabled={disabled} onSave={(first_step_minutes) => onSave({ first_step_minutes })} />
        </Pair>
      )}
    </Section>
  )
}
