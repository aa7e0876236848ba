import type { ImportRow } from '@/api/transfer'
import type { Tone } from '@/ui/Chip'

export const IMPORTS = ['transfer', 'imports'] as const
export const EXPORTS = ['transfer', 'exports'] as const

export const STATE_TONES: Record<ImportRow['state'], Tone> = {
  draft: 'plain',
  running: 'accent',
  stopping: 'accent',
  done: 'ok',
  cancelled: 'warm',
  failed: 'hot',
  undoing: 'accent',
  undone: 'plain',
}

/** Whether something is still happening, so that the screen looks again. */
export const working = (state: ImportRow['state'] | undefined): boolean => state === 'running' || state === 'stopping' || state === 'undoing'
