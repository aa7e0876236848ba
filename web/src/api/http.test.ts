import { afterEach, expect, test, vi } from 'vitest'
import { call, whenSessionEnds } from './http'

const asked: string[] = []
function answer(status: number, body: unknown): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation((request) => {
    const url = request instanceof Request ? request.url : String(request)
    asked.push(new URL(url, location.origin).pathname)
    if (url.endsWith('/config')) document.cookie = 'csrftoken=fresh'
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
}

afterEach(() => {
  asked.length = 0
  document.cookie = 'csrftoken=; Max-Age=0'
})

test('a page without the token that proves a write asks for one first', async () => {
  answer(200, {})
  await call('POST', '/api/v1/leads', { body: {} })
  expect(asked).toEqual(['/_allauth/browser/v1/config', '/api/v1/leads'])

  await call('POST', '/api/v1/leads', { body: {} })
  expect(asked.slice(2)).toEqual(['/api/v1/leads'])
})

test('reading needs no token', async () => {
  answer(200, {})
  await call('GET', '/api/v1/leads')
  expect(asked).toEqual(['/api/v1/leads'])
})

test('a session that ended is told to those who listen, and only then', async () => {
  const heard = vi.fn()
  const stop = whenSessionEnds(heard)
  answer(403, { code: 'forbidden' })
  await expect(call('GET', '/api/v1/leads')).rejects.toThrow()
  expect(heard).not.toHaveBeenCalled()

  answer(401, { code: 'unauthorized' })
  await expect(call('GET', '/api/v1/leads')).rejects.toThrow()
  expect(heard).toHaveBeenCalledOnce()
  stop()
})
