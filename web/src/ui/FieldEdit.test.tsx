import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, test, vi } from 'vitest'
import { startSpeaking } from '@/i18n'
import { FieldEdit } from './FieldEdit'

beforeAll(() => startSpeaking('en'))

const check = (text: string) => (text.includes('@') ? undefined : 'Enter an address.')

test('a click opens the field, Enter saves what was typed', async () => {
  const onSave = vi.fn()
  render(<FieldEdit label="City" value="Haifa" onSave={onSave} />)

  await userEvent.click(screen.getByRole('button', { name: /Edit City:\s*Haifa/ }))
  await userEvent.keyboard('Tel Aviv{Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('Tel Aviv')
})

test('Escape undoes and saves nothing', async () => {
  const onSave = vi.fn()
  render(<FieldEdit label="City" value="Haifa" onSave={onSave} />)

  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('Tel Aviv{Escape}')
  expect(onSave).not.toHaveBeenCalled()
  expect(screen.getByRole('button')).toHaveTextContent('Haifa')
})

test('what cannot be saved stays open and says why', async () => {
  const onSave = vi.fn()
  render(<FieldEdit label="E-mail" value="" check={check} onSave={onSave} />)

  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('rita{Enter}')
  expect(screen.getByRole('alert')).toHaveTextContent('Enter an address.')
  await userEvent.keyboard('@example.com{Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('rita@example.com')
})

test('the same value again is no change', async () => {
  const onSave = vi.fn()
  render(<FieldEdit label="City" value="Haifa" onSave={onSave} />)

  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('{Enter}')
  expect(onSave).not.toHaveBeenCalled()
})
