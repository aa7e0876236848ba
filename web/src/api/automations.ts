import { api, bodyOf, once, set, type Shapes } from './client'
import type { Tree } from './filters'
import type { VersionedRecord } from './problem'

export type Step =
  | { kind: 'do'; action: string; with?: Record<string, unknown>; otherwise?: Step[] }
  | { kind: 'wait'; for: string; calendar?: 'always' | 'business'; until_event?: string; then?: Step[]; otherwise?: Step[] }
  | { kind: 'if'; when: Tree; then?: Step[]; else?: Step[] }
  | { kind: 'stop'; reason?: string }

export type Automation = Omit<Shapes['AutomationOut'], 'conditions' | 'steps'> & { conditions: Tree; steps: Step[] }
export type Run = Shapes['RunOut']
export type RunState = Run['state']
export type RunStep = Shapes['RunStepOut']
export type RunPage = Shapes['Page_RunOut_']
export type OfferedField = Shapes['OfferedField']
export type Offer = Shapes['OfferOut']
export type Offers = Shapes['OffersOut']
export type Recipe = Shapes['RecipeOut']

const of = (id: string) => ({ path: { automation_id: id } })

export const getAutomations = (): Promise<Automation[]> => bodyOf(api.GET('/api/v1/automations')) as Promise<Automation[]>
export const getAutomation = (id: string): Promise<Automation> =>
  bodyOf(api.GET('/api/v1/automations/{automation_id}', { params: of(id) })) as Promise<Automation>

/** Everything an automation can be made of. */
export const getOffers = (): Promise<Offers> => bodyOf(api.GET('/api/v1/automation-offers'))

/** Automations that are ready to be taken over. */
export const getRecipes = (): Promise<Recipe[]> => bodyOf(api.GET('/api/v1/automation-recipes'))

/** An automation by a recipe, switched on, with these choices. */
export const followRecipe = (recipe: string, choices: Record<string, unknown>, key: string): Promise<{ id: string }> =>
  bodyOf(api.POST('/api/v1/automations', { body: { recipe, choices }, headers: once(key) }))

/** A new automation that is switched off and has no steps yet. */
export const createAutomation = (name: string, trigger: Shapes['TriggerIn'], key: string): Promise<{ id: string }> =>
  bodyOf(api.POST('/api/v1/automations', { body: { name, trigger }, headers: once(key) }))

/** A switched-off copy under another name. */
export const copyAutomation = (id: string, name: string, key: string): Promise<{ id: string }> =>
  bodyOf(api.POST('/api/v1/automations', { body: { copy_of: id, name }, headers: once(key) }))

/** Edits an automation, switches it on or off; the trigger is given as the record shows it. */
export function changeAutomation(id: string, { trigger, ...fields }: Record<string, unknown>, version: number | null, key: string): Promise<VersionedRecord> {
  const { label: _, ...started } = (trigger ?? {}) as Partial<Automation['trigger']>
  const body = { ...fields, ...(trigger !== undefined && { trigger: started as Shapes['TriggerIn'] }), version }
  return bodyOf(api.PATCH('/api/v1/automations/{automation_id}', { params: of(id), body, headers: once(key) }))
}

export const removeAutomation = (id: string, key: string): Promise<unknown> =>
  bodyOf(api.DELETE('/api/v1/automations/{automation_id}', { params: of(id), headers: once(key) }))

/** The runs of an automation with their steps, newest first. */
export const getRuns = (id: string, state: RunState | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<RunPage> =>
  bodyOf(api.GET('/api/v1/automations/{automation_id}/runs', { params: { ...of(id), query: set({ state, cursor, limit: 20 }) }, signal }))

/** What a receiver checks the calls of our automations with. */
export const getSigningSecret = (): Promise<{ secret: string }> => bodyOf(api.GET('/api/v1/signing-secret'))

/** Replaces the signing secret; the old one is no longer used. */
export const renewSigningSecret = (key: string): Promise<{ secret: string }> => bodyOf(api.POST('/api/v1/signing-secrets', { headers: once(key) }))

/** Tries a failed run again from the step that failed. */
export const retryRun = (id: string, key: string): Promise<Run> =>
  bodyOf(api.POST('/api/v1/runs/{run_id}/retries', { params: { path: { run_id: id } }, headers: once(key) }))

/** Holds a run where it is, or lets it go on. */
export const pauseRun = (id: string, paused: boolean, key: string): Promise<Run> =>
  bodyOf(api.PATCH('/api/v1/runs/{run_id}', { params: { path: { run_id: id } }, body: { paused }, headers: once(key) }))

/** Ends a run for good. */
export const cancelRun = (id: string, key: string): Promise<Run> =>
  bodyOf(api.POST('/api/v1/runs/{run_id}/cancellations', { params: { path: { run_id: id } }, headers: once(key) }))
