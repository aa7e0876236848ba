import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { words as english } from './en'
import type { words as settingsEnglish } from './en/more'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof english & typeof settingsEnglish }
  }
}

/** The languages people can choose, by their own names. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'he', name: 'עברית' },
] as const

type Loader = () => Promise<{ words: object }>

const loaders: Record<string, Loader> = {
  en: () => import('./en'),
  he: () => import('./he'),
}
/** The sentences of settings and automations: most visits never need them. */
const moreLoaders: Record<string, Loader> = {
  en: () => import('./en/more'),
  he: () => import('./he/more'),
}
let more = false

/** The writing direction of a language. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return language === 'he' ? 'rtl' : 'ltr'
}

async function load(language: string): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'words')) {
    const found = await (loaders[language] ?? loaders.en)?.()
    i18next.addResourceBundle(language, 'words', found?.words, true)
  }
  if (more && !i18next.exists('settings.title', { lng: language, fallbackLng: [] })) {
    const found = await (moreLoaders[language] ?? moreLoaders.en)?.()
    i18next.addResourceBundle(language, 'words', found?.words, true)
  }
}

/** Loads a language and shows it; the page's direction follows. */
export async function speak(language: string): Promise<void> {
  const known = language in loaders ? language : 'en'
  await load(known)
  await i18next.changeLanguage(known)
  document.documentElement.lang = known
  document.documentElement.dir = directionOf(known)
}

/** Loads the sentences of settings and automations, now and for every language chosen later. */
export async function speakOfSettings(): Promise<void> {
  more = true
  await load(i18next.language)
}

/** Must be awaited once before the first render. */
export async function startSpeaking(language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language in loaders ? language : 'en',
    fallbackLng: 'en',
    ns: ['words'],
    defaultNS: 'words',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await speak(language)
}
