import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getFields, type Choice, type Field } from '@/api/filters'
import { getMembers } from '@/api/leads'
import { getTeams } from '@/api/workspaces'
import { described } from '../described'

const RARELY = 10 * 60_000
const NONE: Field[] = []

/** The fields of leads that conditions may ask about, with members and teams as choices. */
export function useLeadFields(): readonly Field[] {
  const { t } = useTranslation()
  const fields = useQuery({ queryKey: ['fields', 'lead'], queryFn: () => getFields('lead'), staleTime: RARELY })
  const members = useQuery({ queryKey: ['members', 'list'], queryFn: getMembers, staleTime: RARELY })
  const teams = useQuery({ queryKey: ['members', 'teams'], queryFn: getTeams, staleTime: RARELY })
  if (!fields.data) return NONE
  const named = (rows: readonly { id: string; name: string }[] | undefined): Choice[] => (rows ?? []).map(({ id, name }) => ({ value: id, label: name, colour: '' }))
  const people = named(members.data?.filter((member) => member.active))
  return described(fields.data, t)
    .filter((field) => field.filterable)
    .map((field) => (field.type === 'member' ? { ...field, choices: people } : field.type === 'team' ? { ...field, choices: named(teams.data) } : field))
}
