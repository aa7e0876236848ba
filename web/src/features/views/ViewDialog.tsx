import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getTeams } from '@/api/workspaces'
import { useRight } from '@/api/me'
import type { SavedView } from '@/api/views'
import { speakOfSettings } from '@/i18n'
import { Dialog } from '@/ui/Dialog'

const SHARINGS = ['private', 'team', 'all'] as const
const ROLES = ['owner', 'admin', 'manager', 'rep', 'marketing', 'read_only'] as const

export type Naming = Pick<SavedView, 'name' | 'sharing' | 'team_id' | 'default_for'>
type Props = { view: SavedView | undefined; onSave: (naming: Naming) => Promise<void>; onClose: () => void }

/** The name of a view, who sees it, and which roles begin with it. */
export function ViewDialog({ view, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const mayChoose = useRight('settings:write')
  const [naming, setNaming] = useState<Naming>({ name: view?.name ?? '', sharing: view?.sharing ?? 'private', team_id: view?.team_id ?? null, default_for: view?.default_for ?? [] })
  const set = (change: Partial<Naming>) => setNaming((before) => ({ ...before, ...change }))
  const incomplete = naming.name.trim() === '' || (naming.sharing === 'team' && naming.team_id === null)
  return (
    <Dialog
      title={t(view ? 'leads.saved.editTitle' : 'leads.saved.saveTitle')}
      submit={t('ui.save')}
      disabled={incomplete}
      onClose={onClose}
      onSubmit={() => onSave({ ...naming, name: naming.name.trim(), team_id: naming.sharing === 'team' ? naming.team_id : null, default_for: naming.sharing === 'all' ? naming.default_for : [] })}
    >
      <TextInput label={t('leads.saved.name')} dir="auto" data-autofocus value={naming.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select
        label={t('leads.saved.sharing')}
        allowDeselect={false}
        data={SHARINGS.map((value) => ({ value, label: t(`leads.saved.${value}`) }))}
        value={naming.sharing}
        onChange={(sharing) => set({ sharing: sharing ?? 'private' })}
      />
      {naming.sharing === 'team' && <TeamSelect team={naming.team_id} onTeam={(team_id) => set({ team_id })} />}
      {naming.sharing === 'all' && mayChoose && <RolesSelect roles={naming.default_for} onRoles={(default_for) => set({ default_for })} />}
    </Dialog>
  )
}

function TeamSelect({ team, onTeam }: { team: string | null; onTeam: (team: string | null) => void }) {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery({ queryKey: ['members', 'teams'], queryFn: getTeams })
  return <Select label={t('leads.saved.teamOf')} data={teams.map(({ id, name }) => ({ value: id, label: name }))} value={team} onChange={onTeam} />
}

function RolesSelect({ roles, onRoles }: { roles: Naming['default_for']; onRoles: (roles: Naming['default_for']) => void }) {
  const { t } = useTranslation()
  const [spoken, setSpoken] = useState(false)
  useEffect(() => void speakOfSettings().then(() => setSpoken(true)), [])
  if (!spoken) return null
  return <MultiSelect label={t('leads.saved.defaultFor')} data={ROLES.map((value) => ({ value, label: t(`settings.role.${value}`) }))} value={roles} onChange={(values) => onRoles(values)} />
}
