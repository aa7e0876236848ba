import { call } from '@/api/http'
import type { Me } from '@/api/shapes'
import { speak } from '@/i18n'
import { changeAppearance, hasChosen, type Appearance } from '@/lib/appearance'

type Look = Partial<Pick<Appearance, 'theme' | 'density' | 'language'>>

/** Shows a look at once and keeps it with the member, for the other devices. */
export async function chooseLook(look: Look): Promise<void> {
  if (look.language !== undefined) await speak(look.language)
  changeAppearance(look)
  // Without a network the device still remembers it; the next choice tells the server again.
  await call('PATCH', '/api/v1/me', { body: look }).catch(() => undefined)
}

/** On a device that was never used, the look the member has chosen elsewhere. */
export async function adoptLook({ user }: Me): Promise<void> {
  if (hasChosen()) return
  const { language, theme, density } = user
  if (language !== '') await speak(language)
  changeAppearance({
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: density === 'comfortable' ? 'comfortable' : 'compact',
    ...(language !== '' && { language }),
  })
}
