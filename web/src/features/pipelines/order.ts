/** Further than a neighbour, nearer than the one after: until the server has moved the others as well. */
const BESIDE = 0.4

/** Where a thing goes when it moves one step among the others; undefined at the end of the way. */
export function stepTo(ids: readonly string[], id: string, by: -1 | 1): number | undefined {
  const to = ids.indexOf(id) + by
  return ids.includes(id) && to >= 0 && to < ids.length ? to + by * BESIDE : undefined
}

/** The place as the server counts it. */
export function placeOf(fields: Record<string, unknown>): Record<string, unknown> {
  return typeof fields.position === 'number' ? { ...fields, position: Math.max(0, Math.round(fields.position)) } : fields
}

/** Where a thing goes that was dropped on another one: it takes its place. */
export function beside(ids: readonly string[], id: string, on: string): number {
  const [from, to] = [ids.indexOf(id), ids.indexOf(on)]
  return to + (to > from ? BESIDE : -BESIDE)
}
