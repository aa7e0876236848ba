import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '@/ui/Announcer'

export type Place = { id: string; name: string }
type Lifted = { id: string; name: string; from: number; over: number }

type Options = { places: readonly Place[]; onDrop: (id: string, to: Place) => void }

export type Lift = {
  lifted: Lifted | null
  /** Handles the key; true when it belonged to lifting. */
  onKey: (event: KeyboardEvent, card: { id: string; name: string; place: string }) => boolean
}

/** Moves a card by keyboard: Space lifts, arrows choose the place, Space drops, Escape cancels; each step is said. */
export function useLift({ places, onDrop }: Options): Lift {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const [lifted, setLifted] = useState<Lifted | null>(null)
  const nameOf = (index: number) => places[index]?.name ?? ''

  function choose(step: number): void {
    if (!lifted) return
    const over = Math.min(Math.max(lifted.over + step, 0), places.length - 1)
    setLifted({ ...lifted, over })
    announce(t('ui.lift.over', { stage: nameOf(over) }))
  }

  function drop(): void {
    if (!lifted) return
    const to = places[lifted.over]
    setLifted(null)
    announce(t('ui.lift.dropped', { name: lifted.name, stage: nameOf(lifted.over) }))
    if (to && lifted.over !== lifted.from) onDrop(lifted.id, to)
  }

  function cancel(): void {
    if (!lifted) return
    announce(t('ui.lift.cancelled', { name: lifted.name, from: nameOf(lifted.from) }))
    setLifted(null)
  }

  function onKey(event: KeyboardEvent, card: { id: string; name: string; place: string }): boolean {
    const forwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const backwards = forwards === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
    if (lifted) {
      if (event.key === ' ' || event.key === 'Enter') drop()
      else if (event.key === 'Escape' || event.key === 'Tab') cancel()
      else if (event.key === forwards || event.key === 'ArrowDown') choose(1)
      else if (event.key === backwards || event.key === 'ArrowUp') choose(-1)
      else return false
      if (event.key !== 'Tab') event.preventDefault()
      return true
    }
    if (event.key !== ' ') return false
    event.preventDefault()
    const from = places.findIndex((place) => place.id === card.place)
    setLifted({ id: card.id, name: card.name, from, over: from })
    announce(t('ui.lift.lifted', { name: card.name, from: nameOf(from) }))
    return true
  }

  return { lifted, onKey }
}
