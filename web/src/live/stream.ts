import type { QueryClient } from '@tanstack/react-query'
import { joinTabs, leadOneTab } from '@/lib/tabs'
import { isOld } from './versions'

export type LiveEvent = { room: string; kind: string; ids?: string[]; version?: number }
type News = { type: 'event'; event: LiveEvent } | { type: 'stale' }

/** Events that come together (an import, a bulk edit) cost one refetch, not one each. */
const TOGETHER = 80

/** The part of the browser's EventSource that the stream needs. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>

/** The browser tries again by itself after a broken connection, but not after a refusal. */
const CLOSED = 2
const AFTER_REFUSAL = 20_000

export type Live = { resume: () => void; stop: () => void }

type Options = {
  member: string
  client: QueryClient
  /** The prefixes of the queries that show what a room's event is about. */
  staleAfter: (room: string) => readonly string[]
  open: () => Source
  /** Called when the server can be reached again. */
  onBack: () => void
}

/** Keeps the cache fresh: one tab holds the stream and passes events on to the others. */
export function followLive({ member, client, staleAfter, open, onBack }: Options): Live {
  const prefixes = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let source: Source | undefined

  function flush(): void {
    timer = undefined
    const rooms = [...prefixes]
    prefixes.clear()
    for (const room of rooms) void client.invalidateQueries({ queryKey: [room] })
  }

  function take(news: News): void {
    if (news.type === 'stale') {
      onBack()
      void client.invalidateQueries()
      return
    }
    const { room, ids, version } = news.event
    if (ids !== undefined && ids.length === 1 && isOld(ids[0] ?? '', version)) return
    for (const prefix of staleAfter(room)) prefixes.add(prefix)
    timer ??= setTimeout(flush, TOGETHER)
  }

  const tabs = joinTabs<News>(`leadline-live-${member}`, take)
  function tell(news: News): void {
    take(news)
    tabs.say(news)
  }

  const started = Date.now()
  let missed = false
  let again: ReturnType<typeof setTimeout> | undefined

  function listen(): void {
    clearTimeout(again)
    const opened = open()
    source = opened
    opened.addEventListener('open', () => {
      if (missed) tell({ type: 'stale' })
      missed = true
    })
    opened.addEventListener('change', (message: MessageEvent<string>) => {
      tell({ type: 'event', event: JSON.parse(message.data) as LiveEvent })
    })
    opened.addEventListener('error', () => {
      if (opened.readyState === CLOSED) again = setTimeout(listen, AFTER_REFUSAL)
    })
  }

  const giveUp = leadOneTab(`leadline-live-${member}`, () => {
    // A tab that takes over later has missed what happened in between.
    missed = Date.now() - started > 1000
    listen()
  })

  return {
    resume: () => {
      if (source?.readyState === CLOSED) listen()
    },
    stop: () => {
      clearTimeout(timer)
      clearTimeout(again)
      source?.close()
      giveUp()
      tabs.close()
    },
  }
}
