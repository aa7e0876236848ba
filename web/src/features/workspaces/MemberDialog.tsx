import { Button, MultiSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member } from '@/api/shapes'
import type { Role, Team } from '@/api/workspaces'
import { Dialog } from '@/ui/Dialog'
import { Buttons, Note } from '@/ui/Screen'
import { RoleSelect } from './InviteDialog'

export type MemberFields = Partial<Pick<Member, 'name' | 'phone' | 'role' | 'active' | 'teams'>>

type Props = {
  member: Member
  teams: readonly Team[]
  me: Member
  onSave: (fields: MemberFields) => void
  onClose: () => void
}

function differing(member: Member, draft: Required<Omit<MemberFields, 'active'>>): MemberFields {
  const ids = (teams: Member['teams']) => teams.map(({ id }) => id).toSorted().join()
  return {
    ...(draft.name !== member.name && { name: draft.name }),
    ...(draft.phone !== member.phone && { phone: draft.phone }),
    ...(draft.role !== member.role && { role: draft.role }),
    ...(ids(draft.teams) !== ids(member.teams) && { teams: draft.teams }),
  }
}

/** One member: role, teams, phone, and whether they may log in. */
export function MemberDialog({ member, teams, me, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState(member.name)
  const [phone, setPhone] = useState(member.phone)
  const [role, setRole] = useState<Role>(member.role)
  const [chosen, setChosen] = useState(member.teams.map(({ id }) => id))
  const [sure, setSure] = useState(false)
  const own = member.id === me.id
  const beyond = member.role === 'owner' && me.role !== 'owner'

  function save(fields: MemberFields): void {
    if (Object.keys(fields).length > 0) onSave(fields)
    onClose()
  }
  return (
    <Dialog
      title={member.name}
      submit={t('ui.save')}
      disabled={name.trim() === '' || beyond}
      onClose={onClose}
      onSubmit={() => {
        const memberTeams = teams.filter(({ id }) => chosen.includes(id)).map(({ id, name: title }) => ({ id, name: title }))
        save(differing(member, { name: name.trim(), phone: phone.trim(), role, teams: memberTeams }))
      }}
    >
      {beyond && <Note tone="warm">{t('settings.members.ownerOnly')}</Note>}
      <TextInput label={t('settings.profile.name')} dir="auto" disabled={beyond} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label={t('settings.profile.phone')} type="tel" dir="ltr" disabled={beyond} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} />
      <RoleSelect value={role} mayMakeOwners={me.role === 'owner'} disabled={own || beyond} onChange={setRole} />
      <MultiSelect label={t('settings.screen.teams')} data={teams.map(({ id, name: label }) => ({ value: id, label }))} value={chosen} disabled={beyond} onChange={setChosen} />
      {!own && !beyond && (
        <Buttons>
          {!member.active ? (
            <Button onClick={() => save({ active: true })}>{t('settings.members.activate')}</Button>
          ) : sure ? (
            <>
              <Note tone="warm">{t('settings.members.deactivateSure', { name: member.name })}</Note>
              <Button color="red" variant="filled" onClick={() => save({ active: false })}>
                {t('settings.members.deactivate')}
              </Button>
            </>
          ) : (
            <Button color="red" variant="subtle" onClick={() => setSure(true)}>
              {t('settings.members.deactivate')}
            </Button>
          )}
        </Buttons>
      )}
    </Dialog>
  )
}
