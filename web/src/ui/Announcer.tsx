import { createContext, use, useMemo, useRef, type ReactNode } from 'react'

const AnnounceContext = createContext<(text: string) => void>(() => {})

/** Says a sentence to screen readers without showing it. */
export function useAnnounce(): (text: string) => void {
  return use(AnnounceContext)
}

/** Holds the one live region of the app. */
export function Announcer({ children }: { children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null)
  const announce = useMemo(
    () => (text: string) => {
      if (region.current) region.current.textContent = text
    },
    [],
  )
  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={region} role="status" aria-live="assertive" className="hidden-visually" data-announcer />
    </AnnounceContext>
  )
}
