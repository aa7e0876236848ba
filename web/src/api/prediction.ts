import { api, bodyOf, once, type Shapes } from './client'

export type Prediction = Shapes['PredictionOut']
export type PredictionModel = Shapes['ModelOut']
export type Measures = Shapes['Measures']
export type Factor = Shapes['FactorOut']
export type LeadChance = Shapes['LeadPredictionOut']
export type PredictionChange = Pick<Shapes['PredictionIn'], 'enabled' | 'allowed' | 'refused'>

/** Whether chances are predicted, how well, and from what. */
export const getPrediction = (): Promise<Prediction> => bodyOf(api.GET('/api/v1/prediction'))

/** Switches it on or off, or says which fields may be inputs. */
export const changePrediction = (fields: PredictionChange, version: number, key: string): Promise<Prediction> =>
  bodyOf(api.PATCH('/api/v1/prediction', { body: { ...fields, version }, headers: once(key) }))

/** Learns anew in the background. */
export const learnPrediction = (key: string): Promise<Prediction> => bodyOf(api.POST('/api/v1/prediction/trainings', { headers: once(key) }))

/** How likely a lead is to buy, and why. */
export const getLeadChance = (id: string, signal?: AbortSignal): Promise<LeadChance> =>
  bodyOf(api.GET('/api/v1/leads/{lead_id}/prediction', { params: { path: { lead_id: id } }, signal }))
