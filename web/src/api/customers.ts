import { api, bodyOf, once, set, type Shapes } from './client'
import type { Tree } from './filters'
import type { VersionedRecord } from './problem'
import type { TimelinePage } from './shapes'

export type Customer = Shapes['CustomerOut']
export type CustomerRow = Shapes['CustomerRow']
/** Only the first page knows the total; none stands there for more than ten thousand. */
export type CustomersPage = Shapes['Page_CustomerRow_']
export type Proposal = Shapes['ProposalOut']
export type Candidate = Shapes['CandidateOut']
export type Conversion = Shapes['ConversionOut']
export type ConversionIn = Shapes['ConversionIn']
export type ConversionMap = Shapes['MapOut']
export type MapLine = Shapes['MapLine']

const ofLead = (id: string) => ({ path: { lead_id: id } })
const ofCustomer = (id: string) => ({ path: { customer_id: id } })
const heard = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

export type CustomersQuery = { filter?: Tree | undefined; q?: string | undefined; sort?: string | undefined; cursor?: string | undefined }

/** One page of the customers; the first one with the total. */
export const getCustomers = ({ filter, ...query }: CustomersQuery, signal?: AbortSignal): Promise<CustomersPage> =>
  bodyOf(api.GET('/api/v1/customers', { params: { query: set({ ...query, filter: filter && JSON.stringify(filter), limit: 50 }) }, ...heard(signal) }))

/** One customer with people, deals and counts. */
export const getCustomer = (id: string, signal?: AbortSignal): Promise<Customer> =>
  bodyOf(api.GET('/api/v1/customers/{customer_id}', { params: ofCustomer(id), ...heard(signal) }))

/** What happened with all leads, deals and people of a customer, newest first. */
export const getCustomerTimeline = (id: string, kinds: string | undefined, cursor: string | undefined, signal?: AbortSignal): Promise<TimelinePage> =>
  bodyOf(api.GET('/api/v1/customers/{customer_id}/timeline', { params: { ...ofCustomer(id), query: set({ kinds, cursor }) }, ...heard(signal) }))

/** Changes fields of a customer; refused with the current record when `version` is old. */
export const changeCustomer = (id: string, change: Shapes['CustomerIn'], version: number | null, key: string): Promise<VersionedRecord> =>
  bodyOf(api.PATCH('/api/v1/customers/{customer_id}', { params: ofCustomer(id), body: { ...change, version }, headers: once(key) }))

/** What the conversion of a lead would do. */
export const getProposal = (lead: string, signal?: AbortSignal): Promise<Proposal> =>
  bodyOf(api.GET('/api/v1/leads/{lead_id}/conversions/proposal', { params: ofLead(lead), ...heard(signal) }))

/** Makes a lead a deal of a customer; the same id twice counts once. */
export const convertLead = (lead: string, body: ConversionIn & { id: string }): Promise<Conversion> =>
  bodyOf(api.POST('/api/v1/leads/{lead_id}/conversions', { params: ofLead(lead), body, headers: once(body.id) }))

/** Makes a deal a lead again. */
export const undoConversion = (id: string): Promise<Conversion> =>
  bodyOf(api.POST('/api/v1/conversions/{conversion_id}/undos', { params: { path: { conversion_id: id } } }))

/** Which fields of a lead go where. */
export const getConversionMap = (): Promise<ConversionMap> => bodyOf(api.GET('/api/v1/conversion-map'))

/** Says which fields go where. */
export const putConversionMap = (lines: MapLine[], version: number): Promise<ConversionMap> =>
  bodyOf(api.PUT('/api/v1/conversion-map', { body: { lines, version } }))
