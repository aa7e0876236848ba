import { useQuery, useQueryClient } from '@tanstack/react-query'
import { changeAnswerPlan, changeTeamHours, getAnswerPlan, getTeamHours, type AnswerPlan, type AnswerPlanIn, type ChainStep, type TeamHours, type TeamHoursIn } from '@/api/assignment'
import { newId } from '@/lib/uuid'

const PLAN = ['assignment', 'plan']
const TEAMS = ['assignment', 'teamHours']

/** What happens around the answer, and the way to change it; a refusal is thrown. */
export function usePlan() {
  const client = useQueryClient()
  const found = useQuery({ queryKey: PLAN, queryFn: getAnswerPlan })
  const save = async (plan: AnswerPlan, fields: AnswerPlanIn) => {
    client.setQueryData(PLAN, await changeAnswerPlan(fields, plan.version, newId()))
  }
  return { found, save }
}

/** When the teams work, and the way to change it; a refusal is thrown. */
export function useTeamHours() {
  const client = useQueryClient()
  const found = useQuery({ queryKey: TEAMS, queryFn: getTeamHours })
  const save = async (hours: TeamHours, fields: TeamHoursIn) => {
    await changeTeamHours(hours.team.id, fields, hours.version, newId())
    await client.invalidateQueries({ queryKey: TEAMS })
  }
  return { found, save }
}

export const WHOM = ['managers', 'team_managers', 'admins', 'member'] as const
export const CARRIERS = ['email', 'sms'] as const

/** The step that comes after the present last one: an hour later, to whoever is above. */
export function nextStep(chain: readonly ChainStep[]): ChainStep {
  const last = chain.at(-1)
  return { after_minutes: last ? last.after_minutes + 60 : 0, tell: last ? 'admins' : 'managers', member_id: null, carriers: [], reassign: false }
}

/** Whether a step of the chain says everything it must. */
export const isWhole = ({ tell, member_id, after_minutes }: ChainStep): boolean => Number.isInteger(after_minutes) && after_minutes >= 0 && (tell !== 'member' || Boolean(member_id))
