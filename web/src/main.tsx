import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app/tokens.css'
import './app/library.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Frame } from './app/Frame'
import { router } from './app/router'
import { keepOnDevice } from './app/serviceWorker'
import { startSpeaking } from './i18n'
import { appearance } from './lib/appearance'

// The board is where most visits begin: its code comes while the server says who is here.
if (/^\/(pipeline)?$/.test(location.pathname)) void import('./app/routes/pipeline')
await startSpeaking(appearance().language)
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <Frame>
      <RouterProvider router={router} />
    </Frame>
  </StrictMode>,
)
void keepOnDevice()
