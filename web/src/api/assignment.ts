import type { Tree } from './filters'
import { call } from './http'
import type { VersionedRecord } from './problem'
import type { Band } from './shapes'

export type Target = { kind: 'team' | 'member' | 'contact_owner'; team_id?: string | null; member_id?: string | null }
export type AssignmentRule = {
  id: string
  version: number
  name: string
  position: number
  enabled: boolean
  when: Tree
  sentence: string
  target: Target
  until_ready: boolean
}
export type NewAssignmentRule = Pick<AssignmentRule, 'name' | 'when' | 'target' | 'position'>
export type SlaPolicy = { id: string; version: number; band: Band; minutes: number; clock: 'business' | 'calendar' }
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
export type Weekly = Partial<Record<Weekday, [string, string][]>>
export type BusinessHours = { id: string; version: number; timezone: string; weekly: Weekly; holidays: string[]; is_set: boolean }
type Fields = Record<string, unknown>

/** The rules in their order; the first that matches decides. */
export const getAssignmentRules = (): Promise<AssignmentRule[]> => call('GET', '/api/v1/assignment-rules')

export const addAssignmentRule = (body: NewAssignmentRule, key: string): Promise<AssignmentRule> => call('POST', '/api/v1/assignment-rules', { body, key })

/** Changes, reorders or switches off a rule; the sentence follows from the rule. */
export const changeAssignmentRule = (id: string, { sentence: _, ...fields }: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/assignment-rules/${id}`, { body: { ...fields, version }, key })

export const removeAssignmentRule = (id: string, key: string): Promise<null> => call('DELETE', `/api/v1/assignment-rules/${id}`, { key })

/** Within how many minutes leads of each band must be answered. */
export const getSlaPolicies = (): Promise<SlaPolicy[]> => call('GET', '/api/v1/sla-policies')

export const changeSlaPolicy = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/sla-policies/${id}`, { body: { ...fields, version }, key })

export const getBusinessHours = (): Promise<BusinessHours> => call('GET', '/api/v1/business-hours')

/** Sets when the business is open. */
export const changeBusinessHours = (fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', '/api/v1/business-hours', { body: { ...fields, version }, key })
