import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentRule, NewAssignmentRule, Target } from '@/api/assignment'
import type { Field } from '@/api/filters'
import type { Named } from '@/api/shapes'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf } from '@/records/filter/tree'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Pair } from '@/ui/Screen'
import { limitOf } from './availability'
import { RuleTrial } from './RuleTrial'

const KINDS = ['team', 'queue', 'member', 'contact_owner', 'company_owner'] as const

export type RuleDraft = NewAssignmentRule
type Props = {
  rule: AssignmentRule | undefined
  fields: readonly Field[]
  currency: string
  teams: readonly Named[]
  people: readonly Named[]
  onSave: (draft: RuleDraft) => Promise<void> | void
  onRemove: () => void
  onClose: () => void
}

/** A rule: which leads, and who gets them. */
export function AssignmentDialog({ rule, fields, currency, teams, people, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(rule?.name ?? '')
  const [draft, setDraft] = useState(() => draftOf(rule?.when ?? {}))
  const [target, setTarget] = useState<Target>(rule?.target ?? { kind: 'team', team_id: teams[0]?.id ?? null, member_id: null })
  const [untilReady, setUntilReady] = useState(rule?.until_ready ?? false)
  const [minutes, setMinutes] = useState(String(rule?.claim_minutes ?? ''))
  const [sure, setSure] = useState(false)
  const ofTeam = target.kind === 'team' || target.kind === 'queue'
  const claimMinutes = target.kind === 'queue' ? limitOf(minutes) : null
  const aimed = target.kind === 'contact_owner' || target.kind === 'company_owner' || (ofTeam ? Boolean(target.team_id) : Boolean(target.member_id))
  const valid = name.trim() !== '' && aimed && claimMinutes !== undefined && claimMinutes !== 0 && (draft === null || isComplete(draft))

  if (sure && rule) {
    return (
      <Dialog title={t('flow.assignment.deleteTitle', { name: rule.name })} submit={t('ui.delete')} danger onClose={() => setSure(false)} onSubmit={onRemove}>
        <p style={{ margin: 0 }}>{t('flow.assignment.deleteSure')}</p>
      </Dialog>
    )
  }
  const made = { name: name.trim(), when: draft ? treeOf(draft) : (rule?.when ?? {}), target, until_ready: untilReady, claim_minutes: claimMinutes ?? null }
  const named = (rows: readonly Named[]) => rows.map(({ id, name: label }) => ({ value: id, label }))
  return (
    <Dialog
      title={rule?.name ?? t('flow.assignment.add')}
      submit={t(rule ? 'ui.save' : 'ui.add')}
      size="640px"
      disabled={!valid}
      onClose={onClose}
      onSubmit={() => onSave(made)}
    >
      <TextInput label={t('flow.assignment.name')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <FilterEditor draft={draft} sentence={rule?.sentence ?? ''} fields={fields} currency={currency} onChange={setDraft} />
      <Pair>
        <Select
          label={t('flow.assignment.target')}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`flow.assignment.kind.${kind}`) }))}
          value={target.kind}
          onChange={(kind) => kind !== null && setTarget({ kind, team_id: null, member_id: null })}
        />
        {ofTeam && (
          <Select label={t('flow.assignment.team')} allowDeselect={false} data={named(teams)} value={target.team_id ?? null} onChange={(id) => setTarget({ kind: target.kind, team_id: id, member_id: null })} />
        )}
        {target.kind === 'member' && (
          <Select label={t('flow.assignment.member')} allowDeselect={false} searchable data={named(people)} value={target.member_id ?? null} onChange={(id) => setTarget({ kind: 'member', member_id: id, team_id: null })} />
        )}
      </Pair>
      {target.kind === 'queue' && (
        <TextInput label={t('flow.assignment.claimMinutes')} description={t('flow.assignment.claimHint')} inputMode="numeric" error={claimMinutes === undefined || claimMinutes === 0} value={minutes} onChange={(event) => setMinutes(event.currentTarget.value)} />
      )}
      <Switch label={t('flow.assignment.until_ready')} description={t('flow.assignment.untilReadyHint')} checked={untilReady} onChange={(event) => setUntilReady(event.currentTarget.checked)} />
      <RuleTrial rule={made} id={rule?.id} disabled={!valid} />
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
