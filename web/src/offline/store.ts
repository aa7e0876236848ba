import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval'
import type { Operation } from './operation'

/** Where operations survive a closed tab. */
export type OperationStore = {
  all: () => Promise<Operation[]>
  put: (operation: Operation) => Promise<void>
  drop: (id: string) => Promise<void>
  wipe: () => Promise<void>
}

/** The operations of one member in IndexedDB. */
export function operationStore(member: string): OperationStore {
  const store: UseStore = createStore(`leadline-operations-${member}`, 'operations')
  return {
    all: async () => (await entries<string, Operation>(store)).map(([, operation]) => operation),
    put: (operation) => set(operation.id, operation, store),
    drop: (id) => del(id, store),
    wipe: () => clear(store),
  }
}
