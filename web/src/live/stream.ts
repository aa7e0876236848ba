import type { QueryClient } from '@tanstack/react-query'
import { joinTabs, leadOneTab } from '@/lib/tabs'
import { isOld } from './versions'

export type LiveEvent = { room: string; kind: string; ids?: string[]; version?: number }
type News = { type: 'event'; event: LiveEvent } | { type: 'stale' }

/** Events that come together (an import, a bulk edit) cost one refetch, not one each. */
const TOGETHER = 80

/** The part of the browser's EventSource that the stream needs. */
export type Source = Pick<EventSource, 'addEventListener' | 'close'>

type Options = {
  member: string
  client: QueryClient
  open: () => Source
  /** Called when the server can be reached again. */
  onBack: () => void
}

/** Keeps the cache fresh: one tab holds the stream and passes events on to the others; returns the way to stop. */
export function followLive({ member, client, open, onBack }: Options): () => void {
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
    prefixes.add(room)
    timer ??= setTimeout(flush, TOGETHER)
  }

  const tabs = joinTabs<News>(`leadline-live-${member}`, take)
  function tell(news: News): void {
    take(news)
    tabs.say(news)
  }

  const started = Date.now()
  const giveUp = leadOneTab(`leadline-live-${member}`, () => {
    // A tab that takes over later has missed what happened in between.
    let missed = Date.now() - started > 1000
    source = open()
    source.addEventListener('open', () => {
      if (missed) tell({ type: 'stale' })
      missed = true
    })
    source.addEventListener('change', (message: MessageEvent<string>) => {
      tell({ type: 'event', event: JSON.parse(message.data) as LiveEvent })
    })
  })

  return () => {
    clearTimeout(timer)
    source?.close()
    giveUp()
    tabs.close()
  }
}
