import type { Tree } from './filters'
import { call } from './http'
import type { VersionedRecord } from './problem'

export type EngagementEvent = 'message' | 'reply' | 'inquiry' | 'call' | 'meeting' | 'open' | 'opt_out' | 'bounce'
export type EngagementWhen = { event: EngagementEvent; window?: string; within?: string }
export type ScoreRule = {
  id: string
  version: number
  group: 'fit' | 'engagement'
  name: string
  when: Tree | EngagementWhen
  points: number
  enabled: boolean
  position: number
  sentence: string
}
export type ScoringSettings = {
  id: string
  version: number
  fit_cap: number
  engagement_cap: number
  opens_cap: number
  half_life_days: number
  hot: number
  warm: number
  ready: number
}
export type Scoring = { settings: ScoringSettings; rules: ScoreRule[] }
export type NewScoreRule = Pick<ScoreRule, 'group' | 'name' | 'when' | 'points'>
type Fields = Record<string, unknown>

export const getScoring = (): Promise<Scoring> => call('GET', '/api/v1/scoring')

/** Changes caps, thresholds or the half-life; open leads are counted anew. */
export const changeScoringSettings = (fields: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', '/api/v1/scoring/settings', { body: { ...fields, version }, key })

export const addScoreRule = (body: NewScoreRule, key: string): Promise<ScoreRule> => call('POST', '/api/v1/scoring/rules', { body, key })

/** Changes a rule or switches it off; the sentence follows from the rule. */
export const changeScoreRule = (id: string, { sentence: _, ...fields }: Fields, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/scoring/rules/${id}`, { body: { ...fields, version }, key })

export const removeScoreRule = (id: string, key: string): Promise<null> => call('DELETE', `/api/v1/scoring/rules/${id}`, { key })
