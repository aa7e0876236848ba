import type { InfiniteData, QueryKey } from '@tanstack/react-query'
import type { Named, TimelineEntry, TimelinePage } from '@/api/shapes'
import type { Operation } from '@/offline/operation'

type Shown = Pick<TimelineEntry, 'kind' | 'direction' | 'channel' | 'payload'>

/** How each kind of writing stands in the timeline until the server has it. */
function shownAs({ kind, change }: Operation): Shown {
  const { id, text: _, ...payload } = change
  if (kind === 'call.add') return { kind: 'call', direction: change.direction === 'in' ? 'in' : 'out', channel: 'phone', payload }
  if (kind === 'meeting.add') return { kind: 'meeting', direction: 'none', channel: '', payload }
  if (kind === 'note.add') return { kind: 'note', direction: 'none', channel: '', payload: {} }
  return { kind: 'message', direction: 'out', channel: String(change.channel), payload: { message_id: String(id), state: 'queued' } }
}

/** What is not on the server yet stands on top of the timeline: timeline/lead/kinds. */
export function paintEntry(key: QueryKey, data: unknown, operation: Operation): unknown {
  if (key[0] !== 'timeline' || key[1] !== operation.subject.id || data === undefined) return data
  const { pages, pageParams } = data as InfiniteData<TimelinePage>
  const [first, ...older] = pages
  const id = String(operation.change.id)
  const shown = shownAs(operation)
  const known = pages.some((page) => page.items.some((entry) => entry.id === id || entry.payload.message_id === id))
  if (!first || known || !((key[2] as string | undefined)?.split(',').includes(shown.kind) ?? true)) return data
  const text = operation.record?.text ?? operation.change.text
  const entry: TimelineEntry = {
    ...shown,
    id,
    at: new Date(operation.at).toISOString(),
    automatic: false,
    actor: (operation.record?.actor ?? null) as Named | null,
    text: typeof text === 'string' ? text : '',
  }
  return { pages: [{ ...first, items: [entry, ...first.items] }, ...older], pageParams }
}
