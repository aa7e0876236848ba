import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem, Unreachable, type VersionedRecord } from '@/api/problem'
import { type Operation, paintAll, registerKind } from './operation'
import { Outbox } from './outbox'
import { operationStore, type OperationStore } from './store'

const send = vi.fn<(operation: Operation) => Promise<VersionedRecord | null>>()
const key = ['leads', 'board']
let member = 0
let store: OperationStore
let outbox: Outbox

registerKind('lead.change', {
  send: (operation) => send(operation),
  paint: (_, data, operation) => {
    const record = data as VersionedRecord
    return record.id === operation.subject.id ? { ...record, ...operation.change } : record
  },
  touches: [['leads']],
})

const mia = { id: 'mia', version: 3, name: 'Mia Garcia', value: 4_330_000 }

function change(fields: Record<string, unknown>, seen: Record<string, unknown> = { name: mia.name }, baseVersion: number | null = 3) {
  return { kind: 'lead.change', subject: { id: 'mia', title: 'Mia Garcia' }, seen, change: fields, baseVersion }
}

const settled = () => vi.waitFor(() => expect(outbox.all()).toEqual([]))

beforeEach(() => {
  member += 1
  store = operationStore(`rita-${member}`)
  outbox = new Outbox(store, `rita-${member}`)
  send.mockReset()
})

afterEach(() => {
  outbox.close()
  vi.useRealTimers()
})

test('a change shows before the server knows of it, and is gone from the queue once it does', async () => {
  send.mockResolvedValue({ ...mia, version: 4, name: 'Mia G.' })
  void outbox.add(change({ name: 'Mia G.' }))

  expect(paintAll(key, mia, outbox.all())).toMatchObject({ name: 'Mia G.' })
  await settled()
  expect(send).toHaveBeenCalledOnce()
  expect(await store.all()).toEqual([])
})

test('changes are sent in the order they were made, the second on top of the first', async () => {
  send.mockImplementation((operation) => Promise.resolve({ ...mia, version: (operation.baseVersion ?? 0) + 1 }))
  void outbox.add(change({ name: 'Mia 1' }))
  void outbox.add(change({ name: 'Mia 2' }))

  await settled()
  expect(send.mock.calls.map(([operation]) => [operation.change.name, operation.baseVersion])).toEqual([
    ['Mia 1', 3],
    ['Mia 2', 4],
  ])
})

test('without a network the change stays on the device and goes with the same id when the network is back', async () => {
  send.mockRejectedValueOnce(new Unreachable('offline')).mockResolvedValue({ ...mia, version: 4 })
  const made = await outbox.add(change({ name: 'Mia G.' }))
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1))
  expect(await store.all()).toHaveLength(1)

  dispatchEvent(new Event('online'))
  await settled()
  expect(send.mock.calls.map(([operation]) => operation.id)).toEqual([made.id, made.id])
})

test('retries wait longer each time', async () => {
  await outbox.ready
  send.mockRejectedValue(new Unreachable('offline'))
  await outbox.add(change({ name: 'Mia G.' }))
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1))
  vi.useFakeTimers()
  outbox.wake()
  await vi.advanceTimersByTimeAsync(1)
  const first = send.mock.calls.length
  await vi.advanceTimersByTimeAsync(2000)
  expect(send).toHaveBeenCalledTimes(first + 1)
  await vi.advanceTimersByTimeAsync(3900)
  expect(send).toHaveBeenCalledTimes(first + 1)
  await vi.advanceTimersByTimeAsync(200)
  expect(send).toHaveBeenCalledTimes(first + 2)
})

test('a change survives the closing of the tab', async () => {
  send.mockRejectedValue(new Unreachable('offline'))
  await outbox.add(change({ name: 'Mia G.' }))
  outbox.close()
  send.mockReset().mockResolvedValue({ ...mia, version: 4 })

  outbox = new Outbox(store, `rita-${member}-later`)
  await outbox.ready
  await vi.waitFor(() => expect(send).toHaveBeenCalledOnce())
  await settled()
})

test('a refused change is taken back, says why, and does not hold up other records', async () => {
  send.mockImplementation((operation) =>
    operation.subject.id === 'mia'
      ? Promise.reject(new Problem(403, { code: 'forbidden', detail: 'Ask the owner.' }))
      : Promise.resolve(null),
  )
  const refused = vi.fn()
  outbox.listen({ refused })
  void outbox.add(change({ name: 'Mine now' }))
  void outbox.add({ ...change({ name: 'Ben' }), subject: { id: 'ben', title: 'Ben' } })

  await vi.waitFor(() => expect(outbox.all()).toMatchObject([{ state: 'refused', reason: 'Ask the owner.' }]))
  expect(paintAll(key, mia, outbox.all())).toEqual(mia)
  expect(refused).toHaveBeenCalledOnce()
  expect(send).toHaveBeenCalledTimes(2)

  await outbox.discard(outbox.all()[0]?.id ?? '')
  expect(outbox.all()).toEqual([])
})

test('fields that nobody else changed are sent again, the others wait for a decision', async () => {
  const theirs = { ...mia, version: 7, name: 'Mia by Omar' }
  send.mockRejectedValueOnce(new Problem(409, { current: theirs })).mockResolvedValue({ ...theirs, version: 8 })
  const seen = { name: mia.name, value: mia.value }
  const made = await outbox.add(change({ name: 'Mia by Rita', value: 5 }, seen))

  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2))
  await vi.waitFor(() => expect(outbox.all()).toHaveLength(1))
  const [, again] = send.mock.calls.map(([operation]) => operation)
  expect(again).toMatchObject({ change: { value: 5 }, baseVersion: 7 })
  expect(again?.id).not.toBe(made.id)
  expect(outbox.all()).toMatchObject([{ state: 'conflict', change: { name: 'Mia by Rita' }, current: { name: 'Mia by Omar' } }])
})

test('while a change is put on top of theirs it never leaves the device', async () => {
  const theirs = { ...mia, version: 7, value: 9 }
  const kept: number[] = []
  let keptWhenSentAgain: number[] = []
  send.mockRejectedValueOnce(new Problem(409, { current: theirs })).mockImplementation(() => {
    keptWhenSentAgain = [...kept]
    return Promise.resolve({ ...theirs, version: 8 })
  })
  await outbox.add(change({ name: 'Mia by Rita' }))
  const drop = store.drop
  store.drop = async (id) => {
    await drop(id)
    kept.push((await store.all()).length)
  }
  outbox.watch(() => kept.push(outbox.all().length))

  await settled()
  expect(keptWhenSentAgain.length).toBeGreaterThan(1)
  expect(Math.min(...keptWhenSentAgain)).toBe(1)
})

test('keep mine sends the change over theirs; keep theirs sends nothing', async () => {
  const theirs = { ...mia, version: 7, name: 'Mia by Omar' }
  send.mockRejectedValueOnce(new Problem(409, { current: theirs })).mockResolvedValue({ ...theirs, version: 8 })
  void outbox.add(change({ name: 'Mia by Rita' }))
  await vi.waitFor(() => expect(outbox.all()[0]?.state).toBe('conflict'))

  await outbox.again(outbox.all()[0]?.id ?? '')
  await settled()
  expect(send.mock.lastCall?.[0]).toMatchObject({ change: { name: 'Mia by Rita' }, baseVersion: 7 })

  send.mockRejectedValueOnce(new Problem(409, { current: { ...theirs, version: 9 } }))
  void outbox.add(change({ name: 'Mia once more' }))
  await vi.waitFor(() => expect(outbox.all()[0]?.state).toBe('conflict'))
  await outbox.discard(outbox.all()[0]?.id ?? '')
  expect(outbox.all()).toEqual([])
  expect(send).toHaveBeenCalledTimes(3)
})

test('both sides having written the same is no conflict', async () => {
  send.mockRejectedValueOnce(new Problem(409, { current: { ...mia, version: 7, name: 'Mia G.' } }))
  void outbox.add(change({ name: 'Mia G.' }))
  await settled()
  expect(send).toHaveBeenCalledOnce()
})

test('a logged-out member sends nothing more until the next wake', async () => {
  send.mockRejectedValueOnce(new Problem(401, {})).mockResolvedValue(null)
  void outbox.add(change({ name: 'Mia G.' }))
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1))
  expect(outbox.all()[0]?.state).toBe('waiting')
  outbox.wake()
  await settled()
})
