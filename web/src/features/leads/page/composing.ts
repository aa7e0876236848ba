const BEAT = 10_000
/** Whoever has not typed for so long is not writing any more. */
const IDLE = 12_000

export type Composing = { typed: () => void; stopped: () => void }

type Tell = { keep: () => Promise<unknown>; stop: () => Promise<unknown> }

/** Says that somebody writes: once when it begins, every ten seconds while keys are pressed, and when it is over. */
export function tellComposing({ keep, stop }: Tell): Composing {
  let told = 0
  let idle: ReturnType<typeof setTimeout> | undefined

  function stopped(): void {
    clearTimeout(idle)
    if (told === 0) return
    told = 0
    // The server forgets by itself; nobody waits for this.
    stop().catch(() => undefined)
  }
  function typed(): void {
    clearTimeout(idle)
    idle = setTimeout(stopped, IDLE)
    if (Date.now() - told < BEAT) return
    told = Date.now()
    keep().catch(() => undefined)
  }
  return { typed, stopped }
}
