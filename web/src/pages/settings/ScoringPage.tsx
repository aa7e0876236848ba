import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getLeads, getScore } from '@/api/leads'
import { useMe, useRight } from '@/api/me'
import type { DraftRule, ScoringDraft } from '@/api/scoring'
import { DraftBar } from '@/features/scoring/DraftBar'
import { Example } from '@/features/scoring/Example'
import { Limits } from '@/features/scoring/Limits'
import { Presets } from '@/features/scoring/Presets'
import { Questions } from '@/features/scoring/Questions'
import { RuleDialog } from '@/features/scoring/RuleDialog'
import { ScoreRules } from '@/features/scoring/ScoreRules'
import { useDraft } from '@/features/scoring/useDraft'
import { newId } from '@/lib/uuid'
import { useLeadFields } from '@/records/filter/useFields'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen } from '@/ui/Screen'

const GROUPS = ['fit', 'engagement'] as const

type Asked = { group: DraftRule['group']; rule?: DraftRule }

/** How leads get their points: a draft that is tried on all leads and then published. */
export function ScoringPage() {
  const { t } = useTranslation()
  const mayChange = useRight('settings:write')
  const { workspace } = useMe()
  const fields = useLeadFields()
  const { found, draft, pending, dryRun, failed, save, preset, drop, publish, counting } = useDraft()
  const [asked, setAsked] = useState<Asked | null>(null)
  const change = (more: (draft: ScoringDraft) => ScoringDraft) => save.mutate(more)
  return (
    <Screen title={t('settings.screen.scoring')} intro={t('flow.scoring.intro')} action={mayChange && <Presets onChoose={(key) => preset.mutate(key)} />}>
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      {failed && <Note tone="hot">{t('flow.scoring.failed')}</Note>}
      {counting && <Note>{t('flow.scoring.counting', { counted: counting.counted.toLocaleString(), total: counting.total.toLocaleString() })}</Note>}
      {pending && mayChange && draft && (
        <DraftBar
          changes={draft.changes}
          dryRun={dryRun.data}
          untried={dryRun.isError}
          busy={publish.isPending || drop.isPending}
          onPublish={() => publish.mutate(draft.version)}
          onDrop={() => drop.mutate()}
        />
      )}
      <Loaded found={found} height={200}>
        {({ numbers, rules }) => (
          <>
            <Limits numbers={numbers} disabled={!mayChange} onSave={(some) => change((now) => ({ ...now, numbers: { ...now.numbers, ...some } }))} />
            <Questions numbers={numbers} currency={workspace.currency} disabled={!mayChange} onSave={(some) => change((now) => ({ ...now, numbers: { ...now.numbers, ...some } }))} />
            {GROUPS.map((group) => (
              <ScoreRules
                key={group}
                group={group}
                rules={rules.filter((rule) => rule.group === group)}
                disabled={!mayChange}
                onSwitch={(rule, enabled) => change((now) => withRule(now, { ...rule, enabled }))}
                onOpen={(rule) => setAsked({ group, rule })}
                onAdd={() => setAsked({ group })}
              />
            ))}
            <LiveExample />
          </>
        )}
      </Loaded>
      {asked && (
        <RuleDialog
          group={asked.group}
          rule={asked.rule}
          fields={fields}
          currency={workspace.currency}
          onClose={() => setAsked(null)}
          onSave={(values) => {
            const before = asked.rule ?? { id: newId(), enabled: true, position: 0, sentence: '' }
            change((now) => withRule(now, { ...before, ...values }))
            setAsked(null)
          }}
          onRemove={() => {
            change((now) => ({ ...now, rules: now.rules.filter(({ id }) => id !== asked.rule?.id) }))
            setAsked(null)
          }}
        />
      )}
    </Screen>
  )
}

/** The draft with this rule in its place; a new one comes last. */
function withRule(draft: ScoringDraft, rule: DraftRule): ScoringDraft {
  const known = draft.rules.some(({ id }) => id === rule.id)
  return { ...draft, rules: known ? draft.rules.map((one) => (one.id === rule.id ? rule : one)) : [...draft.rules, rule] }
}

function LiveExample() {
  const top = useQuery({ queryKey: ['leads', 'best'], queryFn: ({ signal }) => getLeads({ sort: '-score' }, signal), meta: { keep: false } })
  const lead = top.data?.items[0]
  const id = lead?.id ?? ''
  const score = useQuery({ queryKey: ['leads', 'score', id], queryFn: ({ signal }) => getScore(id, signal), enabled: lead !== undefined })
  return <Example lead={lead} score={score.data} />
}
