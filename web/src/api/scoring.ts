import { api, bodyOf, once, type Shapes } from './client'
import type { Tree } from './filters'
import type { VersionedRecord } from './problem'

export const EVENTS = ['message', 'reply', 'inquiry', 'call', 'meeting', 'open', 'opt_out', 'bounce'] as const
export type EngagementEvent = (typeof EVENTS)[number]
/** What the person did, how often it counts at most, and how soon it must come. */
export type EngagementWhen = { event: EngagementEvent; window?: string; within?: string }
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
