import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Tree } from '@/api/filters'
import { EVENTS, type EngagementWhen, type DraftRule, type NewScoreRule } from '@/api/scoring'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf } from '@/records/filter/tree'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Pair } from '@/ui/Screen'

const WINDOWS = ['', '1h', '1d', '7d', '30d', '365d'] as const
/** What happens with something that has a name: a page, a link, a file, a part of the product. */
const NAMED = ['visit', 'click', 'download', 'product']
const WITHIN = ['', '10m', '1h', '1d'] as const

type Props = {
  group: DraftRule['group']
  /** Nothing makes a new one. */
  rule?: DraftRule | undefined
  fields: readonly Field[]
  currency: string
  onSave: (rule: NewScoreRule) => Promise<void> | void
  onRemove: () => void
  onClose: () => void
}

/** A rule: its name, when it holds, and its points. */
export function RuleDialog({ group, rule, fields, currency, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(rule?.name ?? '')
  const [points, setPoints] = useState<number | string>(rule?.points ?? 5)
  const [draft, setDraft] = useState(() => draftOf(group === 'fit' ? ((rule?.when ?? {}) as Tree) : {}))
  const [happening, setHappening] = useState<EngagementWhen>(() => (group === 'engagement' && rule ? (rule.when as EngagementWhen) : { event: 'message', window: '1d' }))
  const [sure, setSure] = useState(false)
  const given = Number(points)
  const valid = name.trim() !== '' && Number.isInteger(given) && given !== 0 && Math.abs(given) <= 100 && (group === 'engagement' || draft === null || (draft.lines.length > 0 && isComplete(draft)))

  if (sure && rule) {
    return (
      <Dialog title={t('flow.scoring.deleteTitle', { name: rule.name })} submit={t('ui.delete')} danger onClose={() => setSure(false)} onSubmit={onRemove}>
        <p style={{ margin: 0 }}>{t('flow.scoring.deleteSure')}</p>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={rule?.name ?? t('flow.scoring.add')}
      submit={t(rule ? 'ui.save' : 'ui.add')}
      size="640px"
      disabled={!valid}
      onClose={onClose}
      onSubmit={() => onSave({ group, name: name.trim(), points: given, when: group === 'engagement' ? happening : draft ? treeOf(draft) : (rule?.when ?? {}) })}
    >
      <Pair>
        <TextInput label={t('flow.scoring.name')} description={t('flow.scoring.nameHint')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NumberInput label={t('flow.scoring.points')} description={t('flow.scoring.wrong', { min: -100, max: 100 })} dir="ltr" min={-100} max={100} allowDecimal={false} hideControls value={points} onChange={setPoints} />
      </Pair>
      {group === 'fit' ? (
        <FilterEditor draft={draft} sentence={rule?.sentence} fields={fields} currency={currency} onChange={setDraft} />
      ) : (
        <Happening happening={happening} onChange={setHappening} />
      )}
      {rule && (
        <Buttons>
          <Button color="red" variant="subtle" onClick={() => setSure(true)}>
            {t('ui.delete')}
          </Button>
        </Buttons>
      )}
    </Dialog>
  )
}

function Happening({ happening, onChange }: { happening: EngagementWhen; onChange: (when: EngagementWhen) => void }) {
  const { t } = useTranslation()
  const spans = (known: readonly string[], chosen: string | undefined, none: string) =>
    [...new Set([...known, chosen ?? ''])].map((value) => ({ value, label: value === '' ? none : t(`flow.scoring.span.${value}` as 'flow.scoring.span.1d', { defaultValue: value }) }))
  const put = (field: 'window' | 'within' | 'about', value: string | null) => {
    const { [field]: _, ...rest } = happening
    onChange(value === null || value === '' ? rest : { ...rest, [field]: value })
  }
  return (
    <>
      <Select
        label={t('flow.scoring.event')}
        allowDeselect={false}
        data={EVENTS.map((event) => ({ value: event, label: t(`flow.scoring.events.${event}`) }))}
        value={happening.event}
        onChange={(event) => event !== null && onChange({ event, ...(happening.window && { window: happening.window }) })}
      />
      {NAMED.includes(happening.event) && (
        <TextInput label={t('flow.scoring.about')} description={t('flow.scoring.aboutHint')} dir="auto" maxLength={100} value={happening.about ?? ''} onChange={(event) => put('about', event.currentTarget.value)} />
      )}
      <Pair>
        <Select label={t('flow.scoring.window')} allowDeselect={false} data={spans(WINDOWS, happening.window, t('flow.scoring.everyTime'))} value={happening.window ?? ''} onChange={(value) => put('window', value)} />
        {happening.event === 'reply' && (
          <Select label={t('flow.scoring.within')} allowDeselect={false} data={spans(WITHIN, happening.within, t('flow.scoring.anyTime'))} value={happening.within ?? ''} onChange={(value) => put('within', value)} />
        )}
      </Pair>
    </>
  )
}
