type Line = { name: string; before: string | null; after: string }

const LONGEST = 200

function said(value: unknown): string {
  const text = value === null || value === undefined || value === '' ? '–' : typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** What an audit entry changed, line by line; a pair is the value before and after. */
export function changeLines(changes: Record<string, unknown>): Line[] {
  return Object.entries(changes).map(([name, value]) => {
    const pair = Array.isArray(value) && value.length === 2
    return { name, before: pair ? said(value[0]) : null, after: said(pair ? value[1] : value) }
  })
}
