import { expect, test, vi } from 'vitest'
import { changeAutomation } from './automations'

test('a changed trigger is sent without its label, which the server only shows', async () => {
  const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('{"id":"a","version":2}', { headers: { 'Content-Type': 'application/json' } }))
  await changeAutomation('a', { trigger: { key: 'lead.untouched', options: { for: '3h' }, label: 'A lead is untouched for' } }, 1, 'key')
  const request = fetch.mock.calls[0]?.[0] as Request
  expect(await request.json()).toEqual({ trigger: { key: 'lead.untouched', options: { for: '3h' } }, version: 1 })
})
