import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offers, Step } from '@/api/automations'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Note } from '@/ui/Screen'
import { isFilled, OfferFields } from './OfferFields'
import { type ChoicesOf, offerOf } from './words'

type Props = {
  /** Nothing makes a new step. */
  step: Step | undefined
  offers: Offers
  choicesOf: ChoicesOf
  onSave: (step: Step) => void
  /** Undefined where it is the only step. */
  onRemove: (() => void) | undefined
  onClose: () => void
}

const KINDS = ['do', 'wait', 'stop'] as const
const SPAN = /^\d+\s*[smhdw]$/

/** One step: what to do with which parameters, or how long to wait. */
export function StepDialog({ step, offers, choicesOf, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Step>(step ?? { kind: 'do', action: offers.actions[0]?.key ?? '', with: {} })
  const action = draft.kind === 'do' ? offerOf(offers.actions, draft.action) : undefined
  const valid = draft.kind === 'do' ? action !== undefined && isFilled(action.fields, draft.with ?? {}) : draft.kind !== 'wait' || SPAN.test(draft.for.trim())
  const texts = action?.fields.some((field) => field.type === 'long_text') ?? false
  return (
    <Dialog title={t(step ? 'flow.automation.change' : 'flow.automation.addStep', { what: t(`flow.automation.${draft.kind === 'if' ? 'if' : draft.kind}`) })} submit={t(step ? 'ui.save' : 'ui.add')} size="560px" disabled={!valid} onClose={onClose} onSubmit={() => onSave(draft)}>
      {!step && (
        <Select
          label={t('flow.automation.kindOf')}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`flow.automation.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => setDraft(kind === 'wait' ? { kind, for: '1d' } : kind === 'stop' ? { kind } : { kind: 'do', action: offers.actions[0]?.key ?? '', with: {} })}
        />
      )}
      {draft.kind === 'do' && (
        <>
          <Select
            label={t('flow.automation.action')}
            allowDeselect={false}
            data={offers.actions.map(({ key, label }) => ({ value: key, label }))}
            value={draft.action}
            onChange={(key) => key !== null && key !== draft.action && setDraft({ ...draft, action: key, with: {} })}
          />
          <OfferFields fields={action?.fields ?? []} values={draft.with ?? {}} choicesOf={choicesOf} onChange={(values) => setDraft({ ...draft, with: values })} />
          {texts && (
            <Note>
              {t('flow.automation.variables')} <bdi dir="ltr">{offers.variables.map(({ key }) => `{{${key}}}`).join(' ')}</bdi>
            </Note>
          )}
        </>
      )}
      {draft.kind === 'wait' && (
        <>
          <TextInput label={t('flow.automation.for')} description={t('flow.automation.forHint')} dir="ltr" autoFocus value={draft.for} onChange={(event) => setDraft({ ...draft, for: event.currentTarget.value })} />
          <Switch label={t('flow.automation.business')} checked={draft.calendar === 'business'} onChange={(event) => setDraft({ ...draft, calendar: event.currentTarget.checked ? 'business' : 'always' })} />
        </>
      )}
      {draft.kind === 'stop' && <TextInput label={t('flow.automation.stop')} dir="auto" value={draft.reason ?? ''} onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })} />}
      {step && onRemove && (
        <Buttons>
          <Button color="red" variant="subtle" onClick={onRemove}>
            {t('flow.automation.remove')}
          </Button>
        </Buttons>
      )}
    </Dialog>
  )
}
