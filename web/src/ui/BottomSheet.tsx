import { lazy, Suspense } from 'react'
import type { SheetProps } from './Sheet'

// Only phones need it, and only once somebody opens one.
const Sheet = lazy(() => import('./Sheet'))

/** A sheet from the bottom of the screen, for choices on a phone. */
export function BottomSheet({ opened, ...sheet }: SheetProps & { opened: boolean }) {
  return <Suspense>{opened && <Sheet {...sheet} />}</Suspense>
}
