import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { LeadChannel } from '@/api/shapes'
import { startSpeaking } from '@/i18n'
import { Composer, type Mode } from './Composer'

const quiet = { typed: vi.fn(), stopped: vi.fn() }
const onNote = vi.fn()
const onCall = vi.fn()
const onMessage = vi.fn()
const mail: LeadChannel = { channel: 'email', label: 'E-mail', address: 'mia@x.example', window_until: null, can_free_text: true, reason: '', templates: [], subject: 'Re: Prices', longest: 50_000 }

function show(lead: string, mode: Mode, others: string[] = []) {
  const nothing = () => undefined
  return (
    <MantineProvider env="test">
      <Composer key={lead} lead={lead} mode={mode} onMode={nothing} channel={undefined} mail={mail} maySend person="Mia" others={others} composing={quiet} onNote={onNote} onCall={onCall} onMeeting={nothing} onMessage={onMessage} />
    </MantineProvider>
  )
}

beforeEach(async () => {
  sessionStorage.clear()
  onNote.mockReset()
  await startSpeaking('en')
})

test('a half-written note waits while another tab is open, never shows at another lead, and is gone once added', async () => {
  const view = render(show('mia', 'note'))
  await userEvent.type(screen.getByRole('textbox'), 'Call after five')
  view.rerender(show('mia', 'call'))
  view.rerender(show('ben', 'note'))
  expect(screen.getByRole('textbox')).toHaveValue('')
  view.rerender(show('mia', 'note'))
  expect(screen.getByRole('textbox')).toHaveValue('Call after five')

  await userEvent.click(screen.getByRole('button', { name: 'Add note' }))
  expect(onNote).toHaveBeenCalledExactlyOnceWith('Call after five')
  view.rerender(show('mia', 'call'))
  view.rerender(show('mia', 'note'))
  expect(screen.getByRole('textbox')).toHaveValue('')
})

test('a call is written down with its result', async () => {
  render(show('mia', 'call'))
  await userEvent.type(screen.getByLabelText('Minutes'), '12')
  await userEvent.type(screen.getByLabelText('What was said…'), 'Wants a quote')
  await userEvent.click(screen.getByRole('button', { name: 'Log call' }))
  expect(onCall).toHaveBeenCalledExactlyOnceWith({ direction: 'out', outcome: 'answered', seconds: 720, text: 'Wants a quote' })
})

test('a colleague who is writing is announced above the composer, and only then', () => {
  const view = render(show('mia', 'message'))
  expect(screen.queryByText(/writing to this customer/)).not.toBeInTheDocument()
  view.rerender(show('mia', 'message', ['Omer', 'Rita']))
  expect(screen.getByText('Omer and Rita are writing to this customer now.')).toBeInTheDocument()
})

test('a mail goes on with the subject of the last one, until another is written', async () => {
  render(show('mia', 'mail'))
  expect(screen.getByRole('textbox', { name: 'Subject' })).toHaveValue('Re: Prices')
  await userEvent.type(screen.getByRole('textbox', { name: 'Write a mail…' }), 'It costs ten.')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(onMessage).toHaveBeenCalledExactlyOnceWith({ channel: 'email', subject: 'Re: Prices', body: 'It costs ten.' }, 'It costs ten.')
})
