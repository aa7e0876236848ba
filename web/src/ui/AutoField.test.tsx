import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AutoField, AutoNumber } from './AutoField'

function show(field: React.ReactNode) {
  render(<MantineProvider>{field}</MantineProvider>)
  return screen.getByRole('textbox')
}

test('Enter saves what was typed, without the spaces around it', async () => {
  const onSave = vi.fn()
  const field = show(<AutoField label="Name" value="Acme" onSave={onSave} />)
  await userEvent.clear(field)
  await userEvent.type(field, ' Sunrise {Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('Sunrise')
})

test('leaving the field saves, and only when something changed', async () => {
  const onSave = vi.fn()
  const field = show(<AutoField label="Name" value="Acme" onSave={onSave} />)
  await userEvent.type(field, 'x{Backspace}')
  await userEvent.tab()
  expect(onSave).not.toHaveBeenCalled()
  await userEvent.type(field, '!')
  await userEvent.tab()
  expect(onSave).toHaveBeenCalledExactlyOnceWith('Acme!')
})

test('Escape brings back what was saved', async () => {
  const onSave = vi.fn()
  const field = show(<AutoField label="Name" value="Acme" onSave={onSave} />)
  await userEvent.type(field, '!!{Escape}')
  expect(field).toHaveValue('Acme')
  await userEvent.tab()
  expect(onSave).not.toHaveBeenCalled()
})

test('a number outside of its limits says so and is not saved', async () => {
  const onSave = vi.fn()
  const field = show(<AutoNumber label="Hot from" value={70} min={1} max={100} wrong="From 1 to 100." onSave={onSave} />)
  await userEvent.clear(field)
  await userEvent.type(field, '170{Enter}')
  expect(screen.getByText('From 1 to 100.')).toBeVisible()
  expect(onSave).not.toHaveBeenCalled()
  await userEvent.clear(field)
  await userEvent.type(field, '80{Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith(80)
})
