import { api, bodyOf, once, type Shapes } from './client'
import type { Tree } from './filters'
import type { VersionedRecord } from './problem'

export const EVENTS = ['message', 'reply', 'inquiry', 'call', 'meeting', 'open', 'click', 'visit', 'download', 'webinar', 'stay', 'product', 'opt_out', 'bounce'] as const
export type EngagementEvent = (typeof EVENTS)[number]
/** What the person did, with what, how often it counts at most, and how soon it must come. */
export type EngagementWhen = { event: EngagementEvent; about?: string; window?: string; within?: string }
export type ScoreRule = Omit<Shapes['ScoreRuleOut'], 'when'> & { when: Tree | EngagementWhen }
export type ScoringSettings = Shapes['ScoringSettingsOut']
export type Scoring = { settings: ScoringSettings; rules: ScoreRule[] }
export type NewScoreRule = Pick<ScoreRule, 'group' | 'name' | 'when' | 'points'>
type Fields = Record<string, unknown>

const ofRule = (id: string) => ({ path: { rule_id: id } })

export const getScoring = (): Promise<Scoring> => bodyOf(api.GET('/api/v1/scoring')) as Promise<Scoring>

/** Changes caps, thresholds or the half-life; open leads are counted anew. */
export const changeScoringSettings = (fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/scoring/settings', { body: { ...fields, version }, headers: once(key) }))

export const addScoreRule = (body: NewScoreRule, key: string): Promise<unknown> => bodyOf(api.POST('/api/v1/scoring/rules', { body, headers: once(key) }))

/** Changes a rule or switches it off. */
export const changeScoreRule = (id: string, fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/scoring/rules/{rule_id}', { params: ofRule(id), body: { ...fields, version }, headers: once(key) }))

export const removeScoreRule = (id: string, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/scoring/rules/{rule_id}', { params: ofRule(id), headers: once(key) }))

export type ScoringNumbers = Shapes['ScoringNumbers']
export type DraftRule = Omit<Shapes['DraftRuleOut'], 'when' | 'group'> & { group: ScoreRule['group']; when: ScoreRule['when'] }
export type ScoringDraft = Omit<Shapes['ScoringDraftOut'], 'rules'> & { rules: DraftRule[] }
export type DryRun = Shapes['DryRunOut']
export type ScoringEdition = Shapes['ScoringEditionOut']
export type ScoringPreset = Shapes['ScoringPresetOut']

/** What is being tried; while nothing is, what is in force with version 0. */
export const getScoringDraft = (): Promise<ScoringDraft> => bodyOf(api.GET('/api/v1/scoring/draft')) as Promise<ScoringDraft>

/** Keeps the whole draft; what is in force stays as it is. */
export function saveScoringDraft({ version, numbers, rules }: ScoringDraft): Promise<ScoringDraft> {
  const kept = rules.map(({ id, group, name, when, points, enabled }) => ({ id, group, name, when, points, enabled }))
  return bodyOf(api.PUT('/api/v1/scoring/draft', { body: { version: version || null, numbers, rules: kept } })) as Promise<ScoringDraft>
}

/** Makes the draft of a shipped set of rules. */
export const beginWithPreset = (preset: string): Promise<ScoringDraft> => bodyOf(api.PUT('/api/v1/scoring/draft', { body: { preset } })) as Promise<ScoringDraft>

export const dropScoringDraft = (): Promise<unknown> => bodyOf(api.DELETE('/api/v1/scoring/draft'))

/** What publishing the draft now would do to the open leads. */
export const tryScoringDraft = (): Promise<DryRun> => bodyOf(api.GET('/api/v1/scoring/draft/dry-run'))

export const publishScoring = (version: number, key: string): Promise<ScoringEdition> => bodyOf(api.POST('/api/v1/scoring/editions', { body: { version }, headers: once(key) }))

export const getScoringEditions = (): Promise<ScoringEdition[]> => bodyOf(api.GET('/api/v1/scoring/editions'))

export const getScoringPresets = (): Promise<ScoringPreset[]> => bodyOf(api.GET('/api/v1/scoring/presets'))

export type Template = ScoringSettings['template']
export type Qualification = Shapes['QualificationOut']
export type Question = Shapes['QuestionOut']
export type LeadTypeVisit = Shapes['LeadTypeVisitOut']

/** The questions that qualify a lead, what is known and what it is worth. */
export const getQualification = (id: string, signal?: AbortSignal): Promise<Qualification> =>
  bodyOf(api.GET('/api/v1/leads/{lead_id}/qualification', { params: { path: { lead_id: id } }, signal }))

/** When a lead became IQL, MQL, SQL or PQL, oldest first. */
export const getLeadTypes = (id: string, signal?: AbortSignal): Promise<LeadTypeVisit[]> =>
  bodyOf(api.GET('/api/v1/leads/{lead_id}/types', { params: { path: { lead_id: id } }, signal }))
