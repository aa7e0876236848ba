import { Button, MultiSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getMembers } from '@/api/leads'
import { useRight } from '@/api/me'
import type { Member } from '@/api/shapes'
import { addTeam, getTeams, type Team } from '@/api/workspaces'
import { newId } from '@/lib/uuid'
import { changeOf, removalOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { AutoField } from '@/ui/AutoField'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, Section } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['workspaces.team']
const KEY = ['members', 'teams']
const NOBODY: Member[] = []

/** Teams: they share their leads, and rules give leads to them in turn. */
export function TeamsPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayManage = useRight('members:write')
  const found = useQuery({ queryKey: KEY, queryFn: getTeams })
  const members = useQuery({ queryKey: ['members', 'list'], queryFn: getMembers }).data ?? NOBODY
  const teams = usePainted(KEY, found.data)
  const [adding, setAdding] = useState(false)
  const [name, setName] = useState('')
  return (
    <Screen
      title={t('settings.screen.teams')}
      intro={t('settings.teams.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayManage && (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('settings.teams.add')}
          </Button>
        )
      }
    >
      {!mayManage && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: teams }} height={140} bones={2}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('settings.teams.empty')} />
          ) : (
            all.map((team) => (
              <TeamBox
                key={team.id}
                team={team}
                members={members}
                disabled={!mayManage}
                // The server wants the name with every change of a team.
                onSave={(fields) => void outbox.add(changeOf('workspaces.team', team, { name: team.name, ...fields }))}
                onRemove={() => void outbox.add(removalOf('workspaces.team', team))}
              />
            ))
          )
        }
      </Loaded>
      {adding && (
        <Dialog
          title={t('settings.teams.add')}
          submit={t('ui.add')}
          disabled={name.trim() === ''}
          onClose={() => setAdding(false)}
          onSubmit={async () => {
            await addTeam(name.trim(), newId())
            await client.invalidateQueries({ queryKey: KEY })
            setName('')
            setAdding(false)
          }}
        >
          <TextInput label={t('settings.profile.name')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </Dialog>
      )}
    </Screen>
  )
}

type BoxProps = { team: Team; members: readonly Member[]; disabled: boolean; onSave: (fields: Partial<Team>) => void; onRemove: () => void }

function TeamBox({ team, members, disabled, onSave, onRemove }: BoxProps) {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  const people = members.filter((member) => member.active || team.member_ids.includes(member.id)).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Section title={team.name}>
      <AutoField label={t('settings.profile.name')} value={team.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={(name) => onSave({ name })} />
      <MultiSelect label={t('settings.screen.members')} data={people} value={team.member_ids} searchable disabled={disabled} onChange={(member_ids) => onSave({ member_ids })} />
      {!disabled && (
        <Buttons>
          <Button color="red" variant="subtle" onClick={() => setSure(true)}>
            {t('ui.delete')}
          </Button>
        </Buttons>
      )}
      {sure && (
        <Dialog
          title={t('settings.teams.deleteTitle', { name: team.name })}
          submit={t('ui.delete')}
          danger
          onClose={() => setSure(false)}
          onSubmit={() => {
            onRemove()
            setSure(false)
          }}
        >
          <p style={{ margin: 0 }}>{t('settings.teams.deleteSure')}</p>
        </Dialog>
      )}
    </Section>
  )
}
