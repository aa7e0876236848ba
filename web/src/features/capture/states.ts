import type { SubmissionState } from '@/api/capture'
import type { Tone } from '@/ui/Chip'

export const STATE_TONES: Record<SubmissionState, Tone> = { received: 'accent', understood: 'ok', ignored: 'plain', quarantined: 'warm', failed: 'hot' }

/** States in which somebody can do something. */
const RETRIED = new Set<SubmissionState>(['quarantined', 'failed', 'ignored'])
export const mayRetry = (state: SubmissionState): boolean => RETRIED.has(state)
export const mayDismiss = (state: SubmissionState): boolean => state === 'quarantined' || state === 'failed'

/** A body as people read it: JSON on lines, form answers one a line, everything else as it came. */
export function readable(body: string, contentType: string): string {
  if (contentType.includes('json')) {
    try {
      return JSON.stringify(JSON.parse(body), null, 2)
    } catch {
      return body
    }
  }
  if (contentType.includes('x-www-form-urlencoded')) return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n')
  return body
}
