import { call } from './http'

export type FieldType =
  | 'text'
  | 'long_text'
  | 'number'
  | 'money'
  | 'date'
  | 'datetime'
  | 'bool'
  | 'choice'
  | 'multi_choice'
  | 'member'
  | 'team'
  | 'stage'
  | 'phone'
  | 'email'
  | 'url'
  | 'tags'

export type Choice = { value: string; label: string; colour?: string }

export type Field = {
  id: string | null
  version: number | null
  key: string
  type: FieldType
  label: string
  choices: Choice[]
  filterable: boolean
  sortable: boolean
  writable: boolean
  custom: boolean
  required: boolean
  ops: string[]
}

export type Condition = { field: string; op: string; value?: unknown }

/** The filter language of the server; an empty tree matches everything. */
export type Tree = Condition | { all: Tree[] } | { any: Tree[] } | { not: Tree } | Record<string, never>

/** The fields of an object, the workspace's own included. */
export const getFields = (object: string): Promise<Field[]> => call('GET', '/api/v1/fields', { query: { object } })
