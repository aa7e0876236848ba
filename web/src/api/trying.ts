import { api, bodyOf, once, type Shapes } from './client'

export type DryRun = Shapes['AutomationDryRunOut']
export type Tried = Shapes['RehearsedRunOut']
export type Edition = Shapes['EditionOut']

const of = (id: string) => ({ path: { automation_id: id } })

/** Begins to work out what the automation would have done in the last days. */
export const startDryRun = (id: string, days: number, key: string): Promise<DryRun> =>
  bodyOf(api.POST('/api/v1/automations/{automation_id}/dry-runs', { params: of(id), body: { days }, headers: once(key) }))

/** The newest dry run, as far as it is worked out. */
export const getDryRun = async (id: string): Promise<DryRun | null> =>
  (await bodyOf(api.GET('/api/v1/automations/{automation_id}/dry-runs', { params: of(id) })))[0] ?? null

/** What the automation would do for one record now. */
export const testOn = (id: string, recordId: string, key: string): Promise<Tried> =>
  bodyOf(api.POST('/api/v1/automations/{automation_id}/tests', { params: of(id), body: { record_id: recordId }, headers: once(key) }))

export const getEditions = (id: string): Promise<Edition[]> => bodyOf(api.GET('/api/v1/automations/{automation_id}/editions', { params: of(id) }))

/** Writes an earlier version again, as the newest. */
export const restoreEdition = (id: string, number: number, key: string): Promise<unknown> =>
  bodyOf(api.POST('/api/v1/automations/{automation_id}/restorations', { params: of(id), body: { number }, headers: once(key) }))
