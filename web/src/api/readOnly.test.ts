import { expect, test, vi } from 'vitest'
import { call } from './http'
import { isReadOnly, watchReadOnly } from './readOnly'

function answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response(JSON.stringify(body), { status, headers })))
}

const read = () => call('GET', '/api/v1/leads').catch(() => undefined)

test('the server is read-only from the answer that says so to the first good one that does not', async () => {
  const heard = vi.fn()
  const stop = watchReadOnly(heard)
  answer(200, [], { 'X-Leadline-Read-Only': 'disk' })
  await read()
  await read()
  expect(isReadOnly()).toBe(true)
  expect(heard).toHaveBeenCalledOnce()

  answer(502, {})
  await read()
  expect(isReadOnly()).toBe(true)

  answer(200, [])
  await read()
  expect(isReadOnly()).toBe(false)
  expect(heard).toHaveBeenCalledTimes(2)
  stop()
})

test('a write that was refused for want of room says it as well, in words', async () => {
  answer(503, { code: 'disk_full', detail: 'The disk is nearly full.' })
  await expect(call('GET', '/api/v1/leads')).rejects.toThrow('The disk is nearly full.')
  expect(isReadOnly()).toBe(true)

  answer(200, [])
  await read()
  expect(isReadOnly()).toBe(false)
})
