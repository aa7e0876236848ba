import { DirectionProvider, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { directionOf } from '@/i18n'
import { useAppearance } from '@/lib/appearance'
import { Announcer } from '@/ui/Announcer'
import { colours, theme } from './theme'

/** Look, direction and voice for everything below. */
export function Frame({ children }: { children: ReactNode }) {
  const { theme: scheme, language } = useAppearance()
  const direction = directionOf(language)
  return (
    <DirectionProvider key={direction} initialDirection={direction} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={colours} colorSchemeManager={schemeManager} defaultColorScheme="auto" forceColorScheme={scheme === 'system' ? undefined : scheme}>
        <Announcer>
          <Notifications position="bottom-left" />
          {children}
        </Announcer>
      </MantineProvider>
    </DirectionProvider>
  )
}

// The appearance is kept in one place (lib/appearance); the library must not keep a second one.
const schemeManager = {
  get: () => 'auto' as const,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
}
