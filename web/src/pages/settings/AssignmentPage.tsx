import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addAssignmentRule, getAssignmentRules, type AssignmentRule } from '@/api/assignment'
import { getMembers } from '@/api/leads'
import { useMe, useRight } from '@/api/me'
import { getTeams } from '@/api/workspaces'
import { AssignmentDialog } from '@/features/assignment/AssignmentDialog'
import { Availabilities } from '@/features/assignment/Availabilities'
import { AssignmentRules } from '@/features/assignment/AssignmentRules'
import { reordered } from '@/features/assignment/order'
import { newId } from '@/lib/uuid'
import { changeOf, removalOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { useLeadFields } from '@/records/filter/useFields'
import { Refusals, SaveMark } from '@/records/Saving'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['assignment.rule']
const KEY = ['assignment', 'rules']

type Asked = { rule?: AssignmentRule }

/** Who gets new leads. */
export function AssignmentPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('settings:write')
  const { workspace } = useMe()
  const fields = useLeadFields()
  const found = useQuery({ queryKey: KEY, queryFn: getAssignmentRules })
  const teams = useQuery({ queryKey: ['members', 'teams'], queryFn: getTeams }).data ?? []
  const members = useQuery({ queryKey: ['members', 'list'], queryFn: getMembers }).data ?? []
  const painted = usePainted(KEY, found.data)
  const rules = painted?.toSorted((one, other) => one.position - other.position)
  const people = members.filter((member) => member.active)
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <Screen
      title={t('settings.screen.assignment')}
      intro={t('flow.assignment.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayChange && (
          <Button variant="filled" onClick={() => setAsked({})}>
            {t('flow.assignment.add')}
          </Button>
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: rules }}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('flow.assignment.empty')} />
          ) : (
            <AssignmentRules
              rules={all}
              teams={teams}
              people={members}
              disabled={!mayChange}
              onSwitch={(rule, enabled) => void outbox.add(changeOf('assignment.rule', rule, { enabled }))}
              onMove={(rule, by) => {
                for (const { rule: moved, position } of reordered(all, rule.id, by)) void outbox.add(changeOf('assignment.rule', moved, { position }))
              }}
              onOpen={(rule) => setAsked({ rule })}
            />
          )
        }
      </Loaded>
      <Availabilities mayChange={useRight('leads:write')} />
      {asked && (
        <AssignmentDialog
          rule={asked.rule}
          fields={fields}
          currency={workspace.currency}
          teams={teams}
          people={people}
          onClose={() => setAsked(null)}
          onSave={async (draft) => {
            if (asked.rule) void outbox.add(changeOf('assignment.rule', asked.rule, draft))
            else {
              await addAssignmentRule(draft, newId())
              await client.invalidateQueries({ queryKey: KEY })
            }
            setAsked(null)
          }}
          onRemove={() => {
            if (asked.rule) void outbox.add(removalOf('assignment.rule', asked.rule))
            setAsked(null)
          }}
        />
      )}
    </Screen>
  )
}
