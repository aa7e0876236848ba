import { api, bodyOf, once, type Shapes } from './client'
import { reach } from './http'

export type Import = Required<Shapes['ImportOut']>
export type ImportRow = Required<Shapes['ImportRow']>
export type ImportPage = { items: ImportRow[]; next_cursor: string | null }
export type Place = Required<Shapes['PlaceShape']>
export type Options = Required<Omit<Shapes['OptionsShape'], 'owner_id'>> & { owner_id: string | null }
export type Preview = Required<Shapes['PreviewOut']>
export type Export = Required<Shapes['ExportOut']>
export type ExportPage = { items: Export[]; next_cursor: string | null }
export type NewExport = { object: '' | 'lead' | 'contact' | 'company' | 'customer'; format: 'csv' | 'xlsx'; filter?: Record<string, unknown> }
export type Change = { form?: Shapes['FileFormIn']; mapping?: Place[]; options?: Options }

const of = (id: string) => ({ path: { import_id: id } })

/** Brings a file; the same id twice is the same import. */
export async function bring(file: File, object: string, id: string): Promise<Import> {
  const body = new FormData()
  body.append('file', file)
  body.append('object', object)
  body.append('id', id)
  const answer = await reach(new Request(new URL('/api/v1/imports', location.origin), { method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin' }))
  return (await answer.json()) as Import
}

export const getImports = (cursor?: string): Promise<ImportPage> =>
  bodyOf(api.GET('/api/v1/imports', { params: { query: cursor === undefined ? {} : { cursor } } })) as Promise<ImportPage>
export const getImport = (id: string): Promise<Import> => bodyOf(api.GET('/api/v1/imports/{import_id}', { params: of(id) })) as Promise<Import>
export const getPreview = (id: string): Promise<Preview> => bodyOf(api.GET('/api/v1/imports/{import_id}/preview', { params: of(id) })) as Promise<Preview>
export const changeImport = (id: string, change: Change): Promise<Import> =>
  bodyOf(api.PATCH('/api/v1/imports/{import_id}', { params: of(id), body: change })) as Promise<Import>
export const dropImport = (id: string, key: string): Promise<unknown> => bodyOf(api.DELETE('/api/v1/imports/{import_id}', { params: of(id), headers: once(key) }))
export const runImport = (id: string, key: string): Promise<Import> =>
  bodyOf(api.POST('/api/v1/imports/{import_id}/runs', { params: of(id), headers: once(key) })) as Promise<Import>
export const cancelImport = (id: string, key: string): Promise<Import> =>
  bodyOf(api.POST('/api/v1/imports/{import_id}/cancellations', { params: of(id), headers: once(key) })) as Promise<Import>
export const undoImport = (id: string, key: string): Promise<Import> =>
  bodyOf(api.POST('/api/v1/imports/{import_id}/undos', { params: of(id), headers: once(key) })) as Promise<Import>
export const errorsAt = (id: string): string => `/api/v1/imports/${id}/errors`

export const getExports = (): Promise<ExportPage> => bodyOf(api.GET('/api/v1/exports', {})) as Promise<ExportPage>
export const addExport = (body: NewExport, id: string): Promise<Export> =>
  bodyOf(api.POST('/api/v1/exports', { body: { id, ...body }, headers: once(id) })) as Promise<Export>
export const fileAt = (id: string): string => `/api/v1/exports/${id}/file`
