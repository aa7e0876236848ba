import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getLeads, getScore } from '@/api/leads'
import { useMe, useRight } from '@/api/me'
import { addScoreRule, getScoring, type ScoreRule } from '@/api/scoring'
import { Example } from '@/features/scoring/Example'
import { Limits } from '@/features/scoring/Limits'
import { RuleDialog } from '@/features/scoring/RuleDialog'
import { ScoreRules } from '@/features/scoring/ScoreRules'
import { newId } from '@/lib/uuid'
import { changeOf, removalOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { useLeadFields } from '@/records/filter/useFields'
import { Refusals, SaveMark } from '@/records/Saving'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen } from '@/ui/Screen'

const KINDS = ['scoring.']
const KEY = ['scoring']
const GROUPS = ['fit', 'engagement'] as const

type Asked = { group: ScoreRule['group']; rule?: ScoreRule }

/** How leads get their points. */
export function ScoringPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('settings:write')
  const { workspace } = useMe()
  const fields = useLeadFields()
  const found = useQuery({ queryKey: KEY, queryFn: getScoring })
  const scoring = usePainted(KEY, found.data)
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <Screen title={t('settings.screen.scoring')} intro={t('flow.scoring.intro')} status={<SaveMark kinds={KINDS} />}>
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: scoring }} height={200}>
        {({ settings, rules }) => (
          <>
            <Limits settings={settings} disabled={!mayChange} onSave={(change) => void outbox.add(changeOf('scoring.settings', settings, change, t('settings.screen.scoring')))} />
            {GROUPS.map((group) => (
              <ScoreRules
                key={group}
                group={group}
                rules={rules.filter((rule) => rule.group === group)}
                disabled={!mayChange}
                onSwitch={(rule, enabled) => void outbox.add(changeOf('scoring.rule', rule, { enabled }))}
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
          onSave={async ({ name, points, when, group }) => {
            if (asked.rule) void outbox.add(changeOf('scoring.rule', asked.rule, { name, points, when }))
            else {
              await addScoreRule({ name, points, when, group }, newId())
              await client.invalidateQueries({ queryKey: KEY })
            }
            setAsked(null)
          }}
          onRemove={() => {
            if (asked.rule) void outbox.add(removalOf('scoring.rule', asked.rule))
            setAsked(null)
          }}
        />
      )}
    </Screen>
  )
}

function LiveExample() {
  const top = useQuery({ queryKey: ['leads', 'best'], queryFn: ({ signal }) => getLeads({ sort: '-score' }, signal), meta: { keep: false } })
  const lead = top.data?.items[0]
  const id = lead?.id ?? ''
  const score = useQuery({ queryKey: ['leads', 'score', id], queryFn: ({ signal }) => getScore(id, signal), enabled: lead !== undefined })
  return <Example lead={lead} score={score.data} />
}
