import { api, bodyOf, type Shapes } from './client'

export type FieldType = Shapes['FieldType']
export type Choice = Shapes['ChoiceOut']
export type Field = Shapes['FieldOut']

export type Condition = { field: string; op: string; value?: unknown }

/** The filter language of the server; an empty tree matches everything. */
export type Tree = Condition | { all: Tree[] } | { any: Tree[] } | { not: Tree } | Record<string, never>

/** The fields of an object, the workspace's own included. */
export const getFields = (object: string): Promise<Field[]> => bodyOf(api.GET('/api/v1/fields', { params: { query: { object } } }))
