import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type InvitationIn, type Role, type Team } from '@/api/workspaces'
import { CopyField } from '@/ui/CopyField'
import { Dialog } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'

type Props = {
  teams: readonly Team[]
  /** Only an owner makes owners. */
  mayMakeOwners: boolean
  /** The link that lets the person in. */
  onInvite: (invitation: InvitationIn) => Promise<string>
  onClose: () => void
}

/** Invites somebody; afterwards it shows the link, because mail may not be set up. */
export function InviteDialog({ teams, mayMakeOwners, onInvite, onClose }: Props) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('rep')
  const [chosen, setChosen] = useState<string[]>([])
  const [link, setLink] = useState<string>()

  if (link !== undefined) {
    return (
      <Dialog title={t('settings.invite.sent', { email })} submit={t('ui.done')} onSubmit={onClose} onClose={onClose}>
        <Note tone="ok">{t('settings.invite.linkHint')}</Note>
        <CopyField label={t('settings.invite.link')} value={link} />
      </Dialog>
    )
  }
  const valid = /^\S+@\S+\.\S+$/.test(email.trim())
  return (
    <Dialog
      title={t('settings.invite.title')}
      submit={t('settings.invite.submit')}
      disabled={!valid}
      onClose={onClose}
      onSubmit={async () => setLink(await onInvite({ email: email.trim(), name: name.trim(), role, team_ids: chosen }))}
    >
      <TextInput label={t('auth.login.email')} type="email" dir="ltr" autoFocus autoComplete="off" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <TextInput label={t('settings.profile.name')} dir="auto" autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <RoleSelect value={role} mayMakeOwners={mayMakeOwners} onChange={setRole} />
      <MultiSelect label={t('settings.screen.teams')} description={t('settings.invite.teamsHint')} data={teams.map(({ id, name: label }) => ({ value: id, label }))} value={chosen} onChange={setChosen} />
    </Dialog>
  )
}

type RoleProps = { value: Role; mayMakeOwners: boolean; disabled?: boolean; onChange: (role: Role) => void }

/** A role with a sentence about what it may do. */
export function RoleSelect({ value, mayMakeOwners, disabled = false, onChange }: RoleProps) {
  const { t } = useTranslation()
  const roles = ROLES.filter((role) => role !== 'owner' || mayMakeOwners || value === 'owner')
  return (
    <Select
      label={t('settings.members.role')}
      description={t(`settings.roleHint.${value}`)}
      data={roles.map((role) => ({ value: role, label: t(`settings.role.${role}`) }))}
      value={value}
      allowDeselect={false}
      disabled={disabled}
      onChange={(role) => role !== null && onChange(role)}
    />
  )
}
