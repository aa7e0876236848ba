import type { Tree } from '@/api/filters'
import { draftOf, type Line } from '@/records/filter/tree'

export type LeadFilters = {
  owner?: string | undefined
  source?: string | undefined
  /** What the filter builder made; any tree of the filter language. */
  where?: Tree | undefined
}

/** The filters of the address bar as the server's filter tree; undefined when none is on. */
export function treeOf({ owner, source, where }: LeadFilters): Tree | undefined {
  const all: Tree[] = []
  if (owner !== undefined) all.push({ field: 'owner', op: 'eq', value: owner })
  if (source !== undefined) all.push({ field: 'source', op: 'eq', value: source })
  if (where !== undefined) all.push(where)
  return all.length === 0 ? undefined : { all }
}

/** A tree as filters of the address bar, each of them named so that it takes the place of the one before. */
export function filtersOf(tree: Tree): LeadFilters {
  const parts = 'all' in tree && Array.isArray(tree.all) ? tree.all : Object.keys(tree).length === 0 ? [] : [tree]
  const named = (field: string) => parts.find((part) => 'field' in part && part.field === field && part.op === 'eq' && typeof part.value === 'string' && part.value !== 'me')
  const [owner, source] = [named('owner'), named('source')] as { value?: string }[]
  const rest = parts.filter((part) => part !== owner && part !== source)
  return { owner: owner?.value, source: source?.value, where: rest.length > 1 ? { all: rest } : rest[0] }
}

const isObject = (raw: unknown): raw is Record<string, unknown> => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** A filter tree out of an address that anybody may have typed; what it says inside is for the server to judge. */
export function readWhere(raw: unknown): Tree | undefined {
  if (!isObject(raw)) return undefined
  const known = typeof raw.field === 'string' || Array.isArray(raw.all) || Array.isArray(raw.any) || isObject(raw.not)
  return known ? (raw as Tree) : undefined
}

/** The conditions that can be taken off one by one; null where the tree is one whole. */
export function linesOf(where: Tree): readonly Line[] | null {
  const draft = draftOf(where)
  return draft && (draft.match === 'all' || draft.lines.length < 2) ? draft.lines : null
}

/** The tree without one of its conditions; undefined when none is left. */
export function without(where: Tree, at: number): Tree | undefined {
  const rest = (linesOf(where) ?? []).filter((_, index) => index !== at)
  return rest.length === 0 ? undefined : { all: rest }
}
