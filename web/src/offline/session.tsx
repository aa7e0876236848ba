import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { noteVersion } from '@/live/versions'
import { kindOf, paintAll, type Operation } from './operation'
import type { Outbox } from './outbox'

const OutboxContext = createContext<Outbox | null>(null)

/** Gives every part below the one write path. */
export function OutboxProvider({ outbox, children }: { outbox: Outbox; children: ReactNode }) {
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

/** The write path of the logged-in member. */
export function useOutbox(): Outbox {
  const outbox = use(OutboxContext)
  if (!outbox) throw new Error('useOutbox outside of OutboxProvider')
  return outbox
}

/** Every change that the server does not have yet. */
export function useOperations(): readonly Operation[] {
  const outbox = useOutbox()
  return useSyncExternalStore(outbox.watch, outbox.all)
}

/** What a query answered, with the waiting changes painted over it. */
export function usePainted<T>(key: QueryKey, data: T): T {
  const operations = useOperations()
  const hash = JSON.stringify(key)
  return useMemo(() => paintAll(JSON.parse(hash) as QueryKey, data, operations) as T, [hash, data, operations])
}

/** Paints confirmed changes into the cache for good and asks the server for the rest; returns the way to stop. */
export function settleInto(client: QueryClient, outbox: Outbox, onRefused: (operation: Operation) => void): () => void {
  return outbox.listen({
    refused: (operation) => {
      onRefused(operation)
      refresh(client, operation)
    },
    done: (operation, answer) => {
      if (answer) noteVersion(answer.id, answer.version)
      const kind = kindOf(operation)
      if (!kind) return
      for (const queryKey of kind.touches) void client.cancelQueries({ queryKey })
      for (const query of client.getQueryCache().getAll()) {
        const before = query.state.data
        if (before === undefined) continue
        const after = kind.paint(query.queryKey, before, operation)
        if (after !== before) client.setQueryData(query.queryKey, after, { updatedAt: query.state.dataUpdatedAt })
      }
      refresh(client, operation)
    },
  })
}

function refresh(client: QueryClient, operation: Operation): void {
  for (const queryKey of kindOf(operation)?.touches ?? []) void client.invalidateQueries({ queryKey })
}

/** Starts a refetch of everything under a prefix. */
export function useRefresh(): (prefix: QueryKey) => void {
  const client = useQueryClient()
  return (queryKey) => void client.invalidateQueries({ queryKey })
}
