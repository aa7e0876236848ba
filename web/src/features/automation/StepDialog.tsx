import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offers, Step } from '@/api/automations'
import type { Field, Tree } from '@/api/filters'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf } from '@/records/filter/tree'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Note } from '@/ui/Screen'
import { isFilled, OfferFields } from './OfferFields'
import { SigningSecret } from './SigningSecret'
import { WaitFields } from './WaitFields'
import { type ChoicesOf, offerOf } from './words'

type Props = {
  /** Nothing makes a new step. */
  step: Step | undefined
  offers: Offers
  fields: readonly Field[]
  currency: string
  choicesOf: ChoicesOf
  describe: (tree: Tree) => string
  onSave: (step: Step) => void
  /** Undefined where it is the only step. */
  onRemove: (() => void) | undefined
  onClose: () => void
}

const KINDS = ['do', 'wait', 'if', 'stop'] as const
const SPAN = /^\d+\s*[smhdw]$/

/** One step: what to do with which parameters, how long to wait, or what to decide by. */
export function StepDialog({ step, offers, fields, currency, choicesOf, describe, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const fresh = (kind: string | null): Step => {
    if (kind === 'wait') return { kind, for: '1d' }
    if (kind === 'if') return { kind, when: {} }
    if (kind === 'stop') return { kind }
    return { kind: 'do', action: offers.actions[0]?.key ?? '', with: {} }
  }
  const [draft, setDraft] = useState<Step>(step ?? fresh('do'))
  const [lines, setLines] = useState(() => draftOf(step?.kind === 'if' ? step.when : {}))
  const action = draft.kind === 'do' ? offerOf(offers.actions, draft.action) : undefined
  const valid =
    draft.kind === 'do'
      ? action !== undefined && isFilled(action.fields, draft.with ?? {})
      : draft.kind === 'wait'
        ? SPAN.test(draft.for.trim())
        : draft.kind === 'stop' || (lines !== null && lines.lines.length > 0 && isComplete(lines))
  const texts = action?.fields.some((field) => field.type === 'long_text') ?? false
  const save = () => onSave(draft.kind === 'if' && lines ? { ...draft, when: treeOf(lines) } : draft)
  return (
    <Dialog title={step ? t('flow.automation.change', { what: t(`flow.automation.${draft.kind}`) }) : t('flow.automation.addStep')} submit={t(step ? 'ui.save' : 'ui.add')} size="640px" disabled={!valid} onClose={onClose} onSubmit={save}>
      {!step && (
        <Select
          label={t('flow.automation.kindOf')}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`flow.automation.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => setDraft(fresh(kind))}
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
          <OfferFields fields={action?.fields ?? []} values={draft.with ?? {}} choicesOf={choicesOf} variables={offers.variables} onChange={(values) => setDraft({ ...draft, with: values })} />
          {texts && <Note>{t('flow.automation.fallback', { example: '{{contact.first_name|…}}' })}</Note>}
          {draft.action === 'webhook.call' && <SigningSecret />}
        </>
      )}
      {draft.kind === 'wait' && <WaitFields step={draft} fresh={!step} offers={offers} onChange={setDraft} />}
      {draft.kind === 'if' && (
        <>
          <FilterEditor draft={lines} sentence={describe(draft.when)} fields={fields} currency={currency} onChange={setLines} />
          {!step && <Note>{t('flow.automation.ifHint')}</Note>}
        </>
      )}
      {draft.kind === 'stop' && <TextInput label={t('flow.automation.reason')} dir="auto" value={draft.reason ?? ''} onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })} />}
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
