import { api, bodyOf, once, type Shapes } from './client'

export type Company = Shapes['CompanyOut']

const ofCompany = (id: string) => ({ path: { company_id: id } })

export const getCompany = (id: string, signal?: AbortSignal): Promise<Company> => bodyOf(api.GET('/api/v1/companies/{company_id}', { params: ofCompany(id), signal }))

/** Changes own fields of a company; those that are not named keep their values. */
export const changeCompany = (id: string, custom: Record<string, unknown>, key: string): Promise<Company> =>
  bodyOf(api.PATCH('/api/v1/companies/{company_id}', { params: ofCompany(id), body: { custom }, headers: once(key) }))
