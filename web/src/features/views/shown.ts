import type { Tree } from '@/api/filters'
import type { SavedView } from '@/api/views'

/** What a list shows now; parts that a screen does not have are undefined and stay as they are in a view. */
export type Shown = { filter: Tree | undefined; sort?: string | undefined; columns?: readonly string[] | undefined }

/** The parts of a view as the server takes them. */
export function fieldsOf({ filter, sort, columns }: Shown): { filter: Record<string, unknown>; sort?: string; columns?: string[] } {
  return { filter: filter ?? {}, ...(sort !== undefined && { sort }), ...(columns && { columns: [...columns] }) }
}

/** Whether the list shows something else than the view it began with. */
export function differs(view: SavedView, shown: Shown): boolean {
  const now = fieldsOf(shown)
  // A view that was saved on the board says nothing about columns.
  if (view.columns.length === 0) delete now.columns
  return Object.entries(now).some(([key, value]) => inOrder(value) !== inOrder(view[key as keyof typeof now]))
}

/** The same text for the same value: the server keeps trees, not the order of their keys. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => one.localeCompare(other))) : part,
  )
}

/** The view a role begins with. */
export function firstFor(role: string, views: readonly SavedView[]): SavedView | undefined {
  return views.find((view) => (view.default_for as readonly string[]).includes(role))
}
