import { call } from './http'
import type { VersionedRecord } from './problem'
import type { Me, Member, Named } from './shapes'

export type Workspace = Me['workspace'] & { version: number }
export type Team = { id: string; version: number; name: string; member_ids: string[] }
export type Role = 'owner' | 'admin' | 'manager' | 'rep' | 'marketing' | 'read_only'
export type Invitation = {
  id: string
  email: string
  name: string
  role: Role
  team_ids: string[]
  invited_by: string | null
  expires_at: string
  /** Only in the answer that made it. */
  link?: string | null
}
export type InvitationIn = { email: string; name: string; role: Role; team_ids: string[] }
export type ApiKey = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  member_name: string
  created_at: string
  last_used_at: string | null
  expires_at: string | null
  /** Only in the answer that made it. */
  token?: string | null
}
export type AuditEntry = {
  id: string
  at: string
  actor_name: string
  action: string
  object_type: string
  object_id: string | null
  changes: Record<string, unknown>
  address: string | null
}
export type AuditPage = { items: AuditEntry[]; next_cursor: string | null }
export type Login = {
  id: string
  member_name: string
  email: string
  at: string
  address: string | null
  agent: string
  succeeded: boolean
  reason: string
}

/** Every role, from most to least. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'manager', 'rep', 'marketing', 'read_only']

type Fields = Record<string, unknown>

/** The logged-in member, asked again. */
export const getMe = (): Promise<Me> => call('GET', '/api/v1/me')

/** Changes what a member may change of themselves. */
export const changeMe = (fields: Fields, key: string): Promise<unknown> => call('PATCH', '/api/v1/me', { body: fields, key })

export const getWorkspace = (): Promise<Workspace> => call('GET', '/api/v1/workspace')

/** Changes the company; refused with the current record when the version is old. */
export const changeWorkspace = (fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', '/api/v1/workspace', { body: { ...fields, version }, key })

/** Changes a member; teams are given as the record shows them. */
export function changeMember(id: string, { teams, ...fields }: Fields, version: number | null, key: string): Promise<VersionedRecord> {
  const team_ids = (teams as Named[] | undefined)?.map((team) => team.id)
  return call('PATCH', `/api/v1/members/${id}`, { body: { ...fields, ...(team_ids && { team_ids }), version }, key })
}

export const getTeams = (): Promise<Team[]> => call('GET', '/api/v1/teams')
export const addTeam = (name: string, key: string): Promise<Team> => call('POST', '/api/v1/teams', { body: { name, member_ids: [] }, key })
export const removeTeam = (id: string, key: string): Promise<null> => call('DELETE', `/api/v1/teams/${id}`, { key })

/** Renames a team or sets who is in it; the server wants the name in any case. */
export const changeTeam = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/teams/${id}`, { body: { ...fields, version }, key })

export const getInvitations = (): Promise<Invitation[]> => call('GET', '/api/v1/invitations')
export const invite = (body: InvitationIn, key: string): Promise<Invitation> => call('POST', '/api/v1/invitations', { body, key })
export const withdrawInvitation = (id: string): Promise<null> => call('DELETE', `/api/v1/invitations/${id}`)

export const getApiKeys = (): Promise<ApiKey[]> => call('GET', '/api/v1/api-keys')
export const addApiKey = (body: { name: string; scopes: string[]; expires_at: string | null }, key: string): Promise<ApiKey> =>
  call('POST', '/api/v1/api-keys', { body, key })
export const revokeApiKey = (id: string): Promise<null> => call('DELETE', `/api/v1/api-keys/${id}`)

/** Who changed what, newest first. */
export const getAudit = (cursor: string | undefined, signal?: AbortSignal): Promise<AuditPage> =>
  call('GET', '/api/v1/audit', { query: { cursor, limit: 50 }, signal })

/** The newest logins, good and failed. */
export const getLogins = (): Promise<Login[]> => call('GET', '/api/v1/logins')

export type { Me, Member, Named }
