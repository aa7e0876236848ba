import { api, bodyOf, once, set, type Shapes } from './client'
import type { VersionedRecord } from './problem'
import type { Me, Named } from './shapes'

export type Workspace = Shapes['WorkspaceOut']
export type Team = Shapes['TeamOut']
export type Role = Shapes['Role']
/** Its link is only in the answer that made it. */
export type Invitation = Shapes['InvitationOut']
export type InvitationIn = { email: string; name: string; role: Role; team_ids: string[] }
/** Its token is only in the answer that made it. */
export type ApiKey = Shapes['ApiKeyOut']
export type ApiKeyIn = { name: string; scopes: string[]; expires_at: string | null }
export type AuditEntry = Shapes['AuditOut']
export type AuditPage = Shapes['Page_AuditOut_']
export type Login = Shapes['LoginOut']

/** Every role, from most to least. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'manager', 'rep', 'marketing', 'read_only']

type Fields = Record<string, unknown>

/** The logged-in member, asked again. */
export const getMe = (): Promise<Me> => bodyOf(api.GET('/api/v1/me'))

/** Changes what a member may change of themselves. */
export const changeMe = (fields: Fields, key: string): Promise<unknown> => bodyOf(api.PATCH('/api/v1/me', { body: fields, headers: once(key) }))

export const getWorkspace = (): Promise<Workspace> => bodyOf(api.GET('/api/v1/workspace'))

/** Changes the company; refused with the current record when the version is old. */
export const changeWorkspace = (fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/workspace', { body: { ...fields, version }, headers: once(key) }))

/** Changes a member; teams are given as the record shows them. */
export function changeMember(id: string, { teams, ...fields }: Fields, version: number | null, key: string): Promise<VersionedRecord> {
  const team_ids = (teams as Named[] | undefined)?.map((team) => team.id)
  const body = { ...fields, ...(team_ids && { team_ids }), version }
  return bodyOf(api.PATCH('/api/v1/members/{member_id}', { params: { path: { member_id: id } }, body, headers: once(key) }))
}

export const getTeams = (): Promise<Team[]> => bodyOf(api.GET('/api/v1/teams'))
export const addTeam = (name: string, key: string): Promise<Team> => bodyOf(api.POST('/api/v1/teams', { body: { name, member_ids: [] }, headers: once(key) }))
export const removeTeam = (id: string, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/teams/{team_id}', { params: { path: { team_id: id } }, headers: once(key) }))

/** Renames a team and sets who is in it; the server wants the name in any case. */
export const changeTeam = (id: string, fields: Fields & { name: string }, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/teams/{team_id}', { params: { path: { team_id: id } }, body: { ...fields, version }, headers: once(key) }))

export const getInvitations = (): Promise<Invitation[]> => bodyOf(api.GET('/api/v1/invitations'))
export const invite = (body: InvitationIn, key: string): Promise<Invitation> => bodyOf(api.POST('/api/v1/invitations', { body, headers: once(key) }))
export const withdrawInvitation = (id: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/invitations/{invitation_id}', { params: { path: { invitation_id: id } } }))

export const getApiKeys = (): Promise<ApiKey[]> => bodyOf(api.GET('/api/v1/api-keys'))
export const addApiKey = (body: ApiKeyIn, key: string): Promise<ApiKey> => bodyOf(api.POST('/api/v1/api-keys', { body, headers: once(key) }))
export const revokeApiKey = (id: string): Promise<unknown> => bodyOf(api.DELETE('/api/v1/api-keys/{key_id}', { params: { path: { key_id: id } } }))

/** Who changed what, newest first. */
export const getAudit = (cursor: string | undefined, signal?: AbortSignal): Promise<AuditPage> =>
  bodyOf(api.GET('/api/v1/audit', { params: { query: set({ cursor, limit: 50 }) }, signal }))

/** The newest logins, good and failed. */
export const getLogins = (): Promise<Login[]> => bodyOf(api.GET('/api/v1/logins'))
