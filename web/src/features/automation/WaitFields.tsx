import { Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Offers, Step } from '@/api/automations'
import { Note } from '@/ui/Screen'
import { eventsOf } from './words'

type Wait = Step & { kind: 'wait' }
type Props = { step: Wait; /** Not added yet. */ fresh: boolean; offers: Offers; onChange: (step: Wait) => void }

/** How long to wait, by which clock, and what may end the wait before. */
export function WaitFields({ step, fresh, offers, onChange }: Props) {
  const { t } = useTranslation()
  const until = step.until_event ?? ''
  return (
    <>
      <TextInput label={t('flow.automation.for')} description={t('flow.automation.forHint')} dir="ltr" autoFocus value={step.for} onChange={(event) => onChange({ ...step, for: event.currentTarget.value })} />
      <Switch label={t('flow.automation.business')} checked={step.calendar === 'business'} onChange={(event) => onChange({ ...step, calendar: event.currentTarget.checked ? 'business' : 'always' })} />
      <Select
        label={t('flow.automation.untilEvent')}
        placeholder={t('flow.automation.untilNothing')}
        searchable
        clearable
        nothingFoundMessage={t('ui.noMatches')}
        data={eventsOf(offers)}
        value={until === '' ? null : until}
        onChange={(event) => {
          const { until_event: _, ...timed } = step
          onChange(event === null ? timed : { ...timed, until_event: event })
        }}
      />
      {fresh && until !== '' && <Note>{t('flow.automation.waitHint')}</Note>}
    </>
  )
}
