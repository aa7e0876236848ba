import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MeProvider, type Me } from '@/api/me'
import { startSpeaking } from '@/i18n'
import type { NewOperation } from '@/offline/operation'
import { Outbox } from '@/offline/outbox'
import { changeOf } from '@/offline/records'
import { OutboxProvider } from '@/offline/session'
import { operationStore } from '@/offline/store'
import '../kinds'
import { SyncBadge } from './SyncBadge'

type Sent = { method: string; path: string; body: Record<string, unknown> }
type Case = { record: string; path: string; made: NewOperation; current: Record<string, unknown>; shown: [label: string, mine: string, theirs: string]; body: Record<string, unknown> }

const ben = { id: 'ben', name: 'Ben' }
const changed = (id: string, seen: Record<string, unknown>, change: Record<string, unknown>): NewOperation => ({ kind: 'lead.change', subject: { id, title: 'Mia' }, seen, change, baseVersion: 3 })

const CASES: Case[] = [
  { record: 'lead', path: '/api/v1/leads/l1', made: changed('l1', { next_step: '' }, { next_step: 'Call' }), current: { next_step: 'Write' }, shown: ['next_step', 'Call', 'Write'], body: { next_step: 'Call' } },
  { record: 'contact', path: '/api/v1/leads/l2', made: changed('l2', { city: '' }, { city: 'Haifa' }), current: { city: 'Eilat' }, shown: ['city', 'Haifa', 'Eilat'], body: { contact: { city: 'Haifa' } } },
  { record: 'stage', path: '/api/v1/stages/s1', made: changeOf('pipelines.stage', { id: 's1', version: 3, name: 'Quote', probability: 50 }, { probability: 60 }), current: { name: 'Quote', probability: 40 }, shown: ['Probability in %', '60', '40'], body: { probability: 60 } },
  { record: 'team', path: '/api/v1/teams/t1', made: changeOf('workspaces.team', { id: 't1', version: 3, name: 'North' }, { name: 'Far north' }), current: { name: 'Nord' }, shown: ['Name', 'Far north', 'Nord'], body: { name: 'Far north' } },
  { record: 'member', path: '/api/v1/members/m1', made: changeOf('workspaces.member', { id: 'm1', version: 3, name: 'Rita', teams: [] as object[] }, { teams: [ben] }), current: { name: 'Rita', teams: [{ id: 'x', name: 'South' }] }, shown: ['Teams', 'Ben', 'South'], body: { team_ids: ['ben'] } },
]

const sent: Sent[] = []
let outbox: Outbox

async function answer(request: Request, current: Record<string, unknown>): Promise<Response> {
  if (request.method === 'GET') return Response.json([])
  const body = (await request.json()) as Record<string, unknown>
  sent.push({ method: request.method, path: new URL(request.url).pathname, body })
  const record = { id: 'x', version: 7, ...current }
  return body.version === 7 ? Response.json({ ...record, version: 8 }) : Response.json({ code: 'conflict', current: record }, { status: 409 })
}

async function conflict({ made, current }: Case, name: string): Promise<void> {
  vi.spyOn(globalThis, 'fetch').mockImplementation((request) => answer(request as Request, current))
  outbox = new Outbox(operationStore(name), name)
  void outbox.add(made)
  await vi.waitFor(() => expect(outbox.all()[0]?.state).toBe('conflict'))
  const me = { member: ben, workspace: { currency: 'EUR' }, rights: [] } as unknown as Me
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <MeProvider me={me}>
          <OutboxProvider outbox={outbox}>
            <SyncBadge />
          </OutboxProvider>
        </MeProvider>
      </MantineProvider>
    </QueryClientProvider>,
  )
  await userEvent.click(screen.getByRole('button', { name: '1 conflict' }))
}

beforeEach(async () => {
  document.cookie = 'csrftoken=known'
  sent.length = 0
  await startSpeaking('en')
})
afterEach(() => {
  cleanup()
  outbox.close()
})

test.each(CASES)('a conflict about a $record shows both sides, and keeps the one that is chosen', async (about) => {
  const [label, mine, theirs] = about.shown
  await conflict(about, `mine-${about.record}`)
  for (const text of [label, `Yours: ${mine}`, `Theirs: ${theirs}`]) expect(await screen.findByText(text)).toBeInTheDocument()
  await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }))
  await vi.waitFor(() => expect(outbox.all()).toEqual([]))
  expect(sent.map(({ path, body }) => [path, body.version])).toEqual([
    [about.path, 3],
    [about.path, 7],
  ])
  expect(sent[1]?.body).toMatchObject(about.body)

  cleanup()
  outbox.close()
  sent.length = 0
  await conflict(about, `theirs-${about.record}`)
  await userEvent.click(await screen.findByRole('button', { name: 'Keep theirs' }))
  await vi.waitFor(() => expect(outbox.all()).toEqual([]))
  expect(sent).toHaveLength(1)
}, 20_000)
