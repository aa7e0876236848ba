import { Problem, Unreachable, type VersionedRecord } from '@/api/problem'
import { joinTabs, leadOneTab } from '@/lib/tabs'
import { newId } from '@/lib/uuid'
import { keepMine, rebase } from './conflict'
import { kindOf, type NewOperation, type Operation } from './operation'
import type { OperationStore } from './store'

const LONGEST_WAIT = 30_000
/** After so many plain 500s the change itself is at fault, and must not block the others for ever. */
const HOPELESS = 6

type News =
  | { type: 'put'; operation: Operation }
  | { type: 'drop'; id: string }
  | { type: 'wake' }
  | { type: 'done'; operation: Operation; answer: VersionedRecord | null }
  | { type: 'refused'; operation: Operation }

export type Listener = {
  done?: (operation: Operation, answer: VersionedRecord | null) => void
  refused?: (operation: Operation) => void
}

type Verdict = 'gone' | 'retry' | 'stop'

/** The one write path: every change enters here, shows at once, and leaves when the server has it. */
export class Outbox {
  private operations: readonly Operation[] = []
  private readonly watchers = new Set<() => void>()
  private readonly listeners = new Set<Listener>()
  private readonly tabs: ReturnType<typeof joinTabs<News>>
  private readonly giveUp: () => void
  private leads = false
  private pumping = false
  private closed = false
  /** Between two retries, or logged out: a new change must not start another attempt. */
  private resting = false
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastAt = 0
  readonly ready: Promise<void>

  constructor(
    private readonly store: OperationStore,
    name: string,
  ) {
    this.tabs = joinTabs<News>(`leadline-outbox-${name}`, (news) => this.hear(news))
    this.ready = this.restore()
    this.giveUp = leadOneTab(`leadline-sender-${name}`, () => {
      this.leads = true
      // What the tab before us left behind is in the store, not in our memory.
      void this.restore().then(() => this.pump())
    })
    addEventListener('online', this.wake)
  }

  /** All operations in the order they are sent; a new array whenever one changes. */
  readonly all = (): readonly Operation[] => this.operations

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  /** Hears what became of operations, in every tab. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Takes a change; it is visible when this returns and safe on the device when the promise resolves. */
  add(change: NewOperation): Promise<Operation> {
    this.lastAt = Math.max(Date.now(), this.lastAt + 1)
    const operation: Operation = { ...change, id: newId(), at: this.lastAt, state: 'waiting', attempts: 0 }
    return this.put(operation).then(() => {
      if (this.leads) void this.pump()
      return operation
    })
  }

  /** Decides a conflict for this side, or sends a refused change once more. */
  async again(id: string): Promise<void> {
    const found = this.operations.find((operation) => operation.id === id)
    if (!found) return
    const fresh: Operation = found.current ? keepMine(found) : { ...found, id: newId(), state: 'waiting', attempts: 0 }
    await this.put(fresh)
    if (fresh.id !== id) await this.drop(id)
    this.wake()
  }

  /** Gives a change up: the other side's value, or no change at all. */
  async discard(id: string): Promise<void> {
    await this.drop(id)
    this.wake()
  }

  /** Tries at once instead of waiting for the next retry or the next login. */
  readonly wake = (): void => {
    clearTimeout(this.timer)
    this.resting = false
    if (this.leads) void this.pump()
    else this.tabs.say({ type: 'wake' })
  }

  /** Stops this tab's part; what waits stays on the device. */
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    removeEventListener('online', this.wake)
    this.giveUp()
    this.tabs.close()
  }

  private async restore(): Promise<void> {
    const stored = await this.store.all()
    const known = new Map([...stored, ...this.operations].map((operation) => [operation.id, operation]))
    this.replace([...known.values()])
    this.lastAt = Math.max(this.lastAt, ...stored.map((operation) => operation.at))
  }

  private replace(operations: readonly Operation[]): void {
    this.operations = operations.toSorted((one, other) => one.at - other.at)
    for (const watcher of this.watchers) watcher()
  }

  private async put(operation: Operation): Promise<void> {
    this.replace([...this.operations.filter(({ id }) => id !== operation.id), operation])
    await this.store.put(operation)
    this.tabs.say({ type: 'put', operation })
  }

  private async drop(id: string): Promise<void> {
    this.replace(this.operations.filter((operation) => operation.id !== id))
    await this.store.drop(id)
    this.tabs.say({ type: 'drop', id })
  }

  private hear(news: News): void {
    if (news.type === 'done') this.tell({ type: 'done', operation: news.operation, answer: news.answer })
    else if (news.type === 'refused') this.tell(news)
    else if (news.type === 'put') this.replace([...this.operations.filter(({ id }) => id !== news.operation.id), news.operation])
    else if (news.type === 'drop') this.replace(this.operations.filter(({ id }) => id !== news.id))
    if (news.type === 'wake' && this.leads) this.wake()
    else if (this.leads && news.type !== 'done' && news.type !== 'refused') void this.pump()
  }

  private tell(news: Extract<News, { type: 'done' | 'refused' }>): void {
    for (const listener of this.listeners) {
      if (news.type === 'done') listener.done?.(news.operation, news.answer)
      else listener.refused?.(news.operation)
    }
  }

  private next(): Operation | undefined {
    const blocked = new Set<string>()
    for (const operation of this.operations) {
      if (operation.state === 'waiting' && !blocked.has(operation.subject.id)) return operation
      blocked.add(operation.subject.id)
    }
    return undefined
  }

  private async pump(): Promise<void> {
    if (this.pumping || this.closed || this.resting) return
    this.pumping = true
    try {
      for (let operation = this.next(); operation && !this.closed; operation = this.next()) {
        const verdict = await this.attempt(operation)
        if (verdict === 'gone') {
          this.failures = 0
          continue
        }
        this.resting = true
        if (verdict === 'retry') this.retryLater()
        return
      }
    } finally {
      this.pumping = false
    }
  }

  private retryLater(): void {
    const wait = Math.min(1000 * 2 ** this.failures, LONGEST_WAIT)
    this.failures += 1
    clearTimeout(this.timer)
    this.timer = setTimeout(this.wake, wait)
  }

  private async attempt(operation: Operation): Promise<Verdict> {
    const kind = kindOf(operation)
    if (!kind) return this.refuse(operation, '')
    try {
      await this.finish(operation, await kind.send(operation))
      return 'gone'
    } catch (error) {
      return this.judge(operation, error)
    }
  }

  private async judge(operation: Operation, error: unknown): Promise<Verdict> {
    if (error instanceof Unreachable) return 'retry'
    if (!(error instanceof Problem)) return this.refuse(operation, String(error))
    if (error.status === 401) return 'stop'
    if (error.status === 409 && error.current) return this.settleConflict(operation, error.current)
    if ([408, 425, 429, 502, 503, 504].includes(error.status) || error.code === 'request_in_progress') return 'retry'
    if (error.status >= 500 && operation.attempts < HOPELESS) {
      await this.put({ ...operation, attempts: operation.attempts + 1 })
      return 'retry'
    }
    return this.refuse(operation, error.message)
  }

  private async settleConflict(operation: Operation, current: VersionedRecord): Promise<Verdict> {
    const { send, ask } = rebase(operation, current, kindOf(operation)?.whole)
    // What follows is safe on the device before what it follows is gone: a tab may be closed in between.
    if (send) await this.put(send)
    if (ask) await this.put({ ...ask, at: operation.at + 0.5 })
    await this.drop(operation.id)
    if (!send && !ask) this.announce({ type: 'done', operation, answer: current })
    return 'gone'
  }

  private async refuse(operation: Operation, reason: string): Promise<Verdict> {
    const refused: Operation = { ...operation, state: 'refused', reason }
    await this.put(refused)
    this.announce({ type: 'refused', operation: refused })
    return 'gone'
  }

  private async finish(operation: Operation, answer: VersionedRecord | null): Promise<void> {
    this.announce({ type: 'done', operation, answer })
    await this.drop(operation.id)
    if (!answer) return
    // Later changes of the same record were made on top of this one, not of what others wrote.
    const base = operation.baseVersion ?? 0
    const followers = this.operations.filter(
      (later) => later.subject.id === operation.subject.id && later.state === 'waiting' && later.baseVersion === base,
    )
    for (const later of followers) await this.put({ ...later, baseVersion: answer.version })
  }

  private announce(news: Extract<News, { type: 'done' | 'refused' }>): void {
    this.tell(news)
    this.tabs.say(news)
  }
}
