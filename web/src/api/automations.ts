import type { Tree } from './filters'
import { call } from './http'
import type { VersionedRecord } from './problem'

export type Step =
  | { kind: 'do'; action: string; with?: Record<string, unknown>; otherwise?: Step[] }
  | { kind: 'wait'; for: string; calendar?: 'always' | 'business'; until_event?: string; then?: Step[]; otherwise?: Step[] }
  | { kind: 'if'; when: Tree; then?: Step[]; else?: Step[] }
  | { kind: 'stop'; reason?: string }

export type Automation = {
  id: string
  version: number
  name: string
  recipe: string
  enabled: boolean
  trigger: { key: string; options?: Record<string, unknown>; label: string }
  conditions: Tree
  steps: Step[]
  ends_on: string[]
  sentence: string
  runs_7d: number
  failures_7d: number
  last_run_at: string | null
}

export type RunState = 'running' | 'waiting' | 'done' | 'failed' | 'cancelled' | 'skipped'
export type RunStep = {
  position: number
  action: string
  label: string
  outcome: 'done' | 'refused' | 'failed'
  input: Record<string, unknown>
  result: Record<string, unknown>
  error: string
  at: string
  took_ms: number
}
export type Run = {
  id: string
  version: number
  automation_id: string
  automation_name: string
  subject: { object: string; id: string; title: string }
  state: RunState
  reason: string
  started_at: string
  finished_at: string | null
  resume_at: string | null
  steps: RunStep[]
}
export type RunPage = { items: Run[]; next_cursor: string | null }

export type OfferedField = { key: string; type: string; label: string; required: boolean; choices: { value: string; label: string }[] }
export type Offer = { key: string; label: string; kind: string; subjects: string[]; fields: OfferedField[] }
export type Offers = { triggers: Offer[]; actions: Offer[]; variables: { object: string; key: string; label: string }[] }

export const getAutomations = (): Promise<Automation[]> => call('GET', '/api/v1/automations')
export const getAutomation = (id: string): Promise<Automation> => call('GET', `/api/v1/automations/${id}`)

/** Everything an automation can be made of. */
export const getOffers = (): Promise<Offers> => call('GET', '/api/v1/automation-offers')

/** A switched-off copy. */
export const copyAutomation = (id: string, name: string, key: string): Promise<Automation> => call('POST', '/api/v1/automations', { body: { copy_of: id, name }, key })

/** Edits an automation, switches it on or off; the sentence follows from its parts. */
export const changeAutomation = (id: string, { sentence: _, ...fields }: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> =>
  call('PATCH', `/api/v1/automations/${id}`, { body: { ...fields, version }, key })

export const removeAutomation = (id: string, key: string): Promise<null> => call('DELETE', `/api/v1/automations/${id}`, { key })

/** The runs of an automation with their steps, newest first. */
export const getRuns = (id: string, state: RunState | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<RunPage> =>
  call('GET', `/api/v1/automations/${id}/runs`, { query: { state, cursor, limit: 20 }, signal })

/** Tries a failed run again from the step that failed. */
export const retryRun = (id: string, key: string): Promise<Run> => call('POST', `/api/v1/runs/${id}/retries`, { key })
