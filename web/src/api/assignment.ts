import { api, bodyOf, once, set, type Shapes } from './client'
import type { Tree } from './filters'
import type { VersionedRecord } from './problem'

export type Target = Shapes['Target']
export type AssignmentRule = Omit<Shapes['AssignmentRuleOut'], 'when'> & { when: Tree }
export type NewAssignmentRule = Pick<AssignmentRule, 'name' | 'when' | 'target' | 'until_ready' | 'claim_minutes'>
export type Rehearsal = Shapes['RehearsalOut']
export type Availability = Omit<Shapes['AvailabilityOut'], 'absences' | 'weekly'> & { absences: string[][]; weekly: Weekly }
export type AvailabilityIn = Partial<Pick<Availability, 'away' | 'absences' | 'weekly' | 'weight' | 'daily_cap' | 'open_cap'>>
export type SlaPolicy = Shapes['SlaPolicyOut']
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]
export type Weekly = Partial<Record<Weekday, string[][]>>
export type BusinessHours = Omit<Shapes['BusinessHoursOut'], 'weekly'> & { weekly: Weekly }
export type Breaches = Shapes['SlaBreachesOut']
export type Breach = Shapes['SlaBreachOut']
export type Kept = Shapes['SlaKeptOut']
export type KeptOfBand = Shapes['SlaBandOut']
export type ChainStep = Omit<Shapes['ChainStepShape'], 'carriers' | 'reassign'> & { carriers: string[]; reassign: boolean }
export type Pause = Omit<Shapes['PauseOut'], 'when'> & { when: Tree }
export type AnswerPlan = Omit<Shapes['AnswerPlanOut'], 'chain' | 'pauses'> & { chain: ChainStep[]; pauses: Pause[] }
export type AnswerPlanIn = Partial<Omit<AnswerPlan, 'version'>>
export type TeamHours = Omit<Shapes['TeamHoursOut'], 'weekly'> & { weekly: Weekly }
export type TeamHoursIn = Partial<Omit<TeamHours, 'team' | 'version'>>
export type BreachesOf = { first?: string | undefined; last?: string | undefined; owner?: string | undefined }
type Fields = Record<string, unknown>

const ofRule = (id: string) => ({ path: { rule_id: id } })

/** The rules in their order; the first that matches decides. */
export const getAssignmentRules = (): Promise<AssignmentRule[]> => bodyOf(api.GET('/api/v1/assignment-rules')) as Promise<AssignmentRule[]>

export const addAssignmentRule = (body: NewAssignmentRule, key: string): Promise<unknown> =>
  bodyOf(api.POST('/api/v1/assignment-rules', { body, headers: once(key) }))

/** Changes, reorders or switches off a rule. */
export const changeAssignmentRule = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/assignment-rules/{rule_id}', { params: ofRule(id), body: { ...fields, version }, headers: once(key) }))

export const removeAssignmentRule = (id: string, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/assignment-rules/{rule_id}', { params: ofRule(id), headers: once(key) }))

/** Leads that nobody answered in time, and how often each owner kept the time. */
export const getBreaches = ({ first, last, owner }: BreachesOf, cursor: string | undefined, signal?: AbortSignal): Promise<Breaches> =>
  bodyOf(api.GET('/api/v1/sla-breaches', { params: { query: set({ first, last, owner_id: owner, cursor, limit: 50 }) }, signal }))

/** Within how many minutes leads of each band must be answered. */
export const getSlaPolicies = (): Promise<SlaPolicy[]> => bodyOf(api.GET('/api/v1/sla-policies'))

export const changeSlaPolicy = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/sla-policies/{policy_id}', { params: { path: { policy_id: id } }, body: { ...fields, version }, headers: once(key) }))

export const getBusinessHours = (): Promise<BusinessHours> => bodyOf(api.GET('/api/v1/business-hours')) as Promise<BusinessHours>

/** Sets when the business is open. */
export const changeBusinessHours = (fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/business-hours', { body: { ...fields, version }, headers: once(key) }))

/** Who hears that an answer is missing, when clocks stand still, and the first task. */
export const getAnswerPlan = (): Promise<AnswerPlan> => bodyOf(api.GET('/api/v1/answer-plan')) as Promise<AnswerPlan>

export const changeAnswerPlan = (fields: AnswerPlanIn, version: number, key: string): Promise<AnswerPlan> =>
  bodyOf(api.PATCH('/api/v1/answer-plan', { body: { ...fields, version }, headers: once(key) })) as Promise<AnswerPlan>

/** When the teams work. */
export const getTeamHours = (): Promise<TeamHours[]> => bodyOf(api.GET('/api/v1/team-hours')) as Promise<TeamHours[]>

export const changeTeamHours = (team: string, fields: TeamHoursIn, version: number, key: string): Promise<unknown> =>
  bodyOf(api.PATCH('/api/v1/teams/{team_id}/hours', { params: { path: { team_id: team } }, body: { ...fields, version }, headers: once(key) }))

/** Who would get the newest leads with another rule; nothing is changed. */
export const rehearse = (rule: NewAssignmentRule, id: string | undefined): Promise<Rehearsal> =>
  bodyOf(api.POST('/api/v1/assignment-rehearsals', { body: { rule, ...(id !== undefined && { rule_id: id }) } }))

/** When the members take leads in turn. */
export const getAvailabilities = (): Promise<Availability[]> => bodyOf(api.GET('/api/v1/availabilities')) as Promise<Availability[]>

/** Says when a member takes leads in turn, and how many. */
export const changeAvailability = (member: string, fields: AvailabilityIn, key: string): Promise<unknown> =>
  bodyOf(api.PATCH('/api/v1/members/{member_id}/availability', { params: { path: { member_id: member } }, body: fields, headers: once(key) }))
