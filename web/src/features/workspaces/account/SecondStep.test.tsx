import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import * as account from '@/api/account'
import { startSpeaking, speakOfSettings } from '@/i18n'
import { SecondStep } from './SecondStep'

test('switching the second step on asks for the password where the server wants it, and then shows the codes', async () => {
  await startSpeaking('en')
  await speakOfSettings()
  vi.spyOn(account, 'getAuthenticators').mockResolvedValue([])
  vi.spyOn(account, 'getTotpOffer').mockResolvedValue({ secret: 'ABCD', totp_url: 'otpauth://totp/mona?secret=ABCD' })
  vi.spyOn(account, 'activateTotp').mockRejectedValueOnce(new account.PasswordNeeded()).mockResolvedValue()
  const confirm = vi.spyOn(account, 'confirmPassword').mockResolvedValue()
  vi.spyOn(account, 'getRecoveryCodes').mockResolvedValue(['11112222'])
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <SecondStep />
      </MantineProvider>
    </QueryClientProvider>,
  )

  await userEvent.click(await screen.findByRole('button', { name: 'Set up an authenticator app' }))
  await userEvent.type(await screen.findByRole('textbox', { name: 'Code' }), '123 456')
  await userEvent.click(screen.getByRole('button', { name: 'Switch on' }))
  await userEvent.type(await screen.findByLabelText('Current password'), 'correct-horse-9')
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))

  expect(await screen.findByText('11112222')).toBeInTheDocument()
  expect(confirm).toHaveBeenCalledExactlyOnceWith('correct-horse-9')
  expect(account.activateTotp).toHaveBeenLastCalledWith('123456')
}, 20_000)
