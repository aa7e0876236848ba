import { expect, test, vi } from 'vitest'
import { api } from './client'
import { changeAutomation } from './automations'

const sent = (call: unknown): unknown => (call as [string, { body: unknown }])[1].body

test('a changed trigger is sent without its label, which the server only shows', async () => {
  const patch = vi.spyOn(api, 'PATCH').mockResolvedValue({ data: { id: 'a', version: 2 }, response: new Response() } as never)
  await changeAutomation('a', { trigger: { key: 'lead.untouched', options: { for: '3h' }, label: 'A lead is untouched for' } }, 1, 'key')
  expect(sent(patch.mock.lastCall)).toEqual({ trigger: { key: 'lead.untouched', options: { for: '3h' } }, version: 1 })
})

test('without a trigger none is sent', async () => {
  const patch = vi.spyOn(api, 'PATCH').mockResolvedValue({ data: { id: 'a', version: 2 }, response: new Response() } as never)
  await changeAutomation('a', { enabled: false }, 1, 'key')
  expect(sent(patch.mock.lastCall)).toEqual({ enabled: false, version: 1 })
})
