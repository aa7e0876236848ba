type Placed = { id: string; position: number }

const GAP = 10

/** The new positions when a rule moves one step; only of the rules whose position changes. */
export function reordered<R extends Placed>(rules: readonly R[], id: string, by: -1 | 1): { rule: R; position: number }[] {
  const from = rules.findIndex((rule) => rule.id === id)
  const to = from + by
  const moved = rules[from]
  if (!moved || to < 0 || to >= rules.length) return []
  const order = rules.toSpliced(from, 1).toSpliced(to, 0, moved)
  return order.map((rule, index) => ({ rule, position: index * GAP })).filter(({ rule, position }) => rule.position !== position)
}
