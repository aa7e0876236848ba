import { QueryClient } from '@tanstack/react-query'
import { experimental_createQueryPersister as createPersister, type PersistedQuery } from '@tanstack/query-persist-client-core'
import { clear, createStore, del, entries, get, set, type UseStore } from 'idb-keyval'
import { Problem } from '@/api/problem'

const WEEK = 7 * 24 * 60 * 60 * 1000
/** Raise it when the shape of stored answers changes. */
const SHAPE = '1'

export type Reads = { client: QueryClient; wipe: () => Promise<void>; forgetOld: () => Promise<void> }

/** The cache of one member; every query is stored on its own, so that the last second is never lost. */
export function openReads(member: string): Reads {
  const store: UseStore = createStore(`leadline-reads-${member}`, 'queries')
  const persister = createPersister<PersistedQuery>({
    storage: {
      getItem: (key: string) => get<PersistedQuery>(key, store),
      setItem: (key: string, value: PersistedQuery) => set(key, value, store),
      removeItem: (key: string) => del(key, store),
      entries: () => entries<string, PersistedQuery>(store),
    },
    serialize: (query) => query,
    deserialize: (query) => query,
    buster: SHAPE,
    maxAge: WEEK,
    // What was kept may have missed news, however young it is: the page was away, and so was its stream.
    refetchOnRestore: 'always',
    filters: { predicate: (query) => query.meta?.keep !== false },
  })
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        persister: persister.persisterFn,
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        networkMode: 'offlineFirst',
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.status < 500),
      },
    },
  })
  return {
    client,
    wipe: async () => {
      client.clear()
      await clear(store)
    },
    forgetOld: () => persister.persisterGc(),
  }
}
