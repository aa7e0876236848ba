import type { Tree } from '@/api/leads'

export type LeadFilters = { owner?: string | undefined; source?: string | undefined }

/** The filters of the address bar as the server's filter tree; undefined when none is on. */
export function treeOf({ owner, source }: LeadFilters): Tree | undefined {
  const all: Tree[] = []
  if (owner !== undefined) all.push({ field: 'owner', op: 'eq', value: owner })
  if (source !== undefined) all.push({ field: 'source', op: 'eq', value: source })
  return all.length === 0 ? undefined : { all }
}
