import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, speak } from '@/i18n'
import { changeAppearance, useAppearance } from '@/lib/appearance'
import styles from './Door.module.css'

/** The card of every page before the login, with the choice of language under it. */
export function Door({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const { language } = useAppearance()
  return (
    <main className={styles.page}>
      <div className={`${styles.card} ${wide ? styles.wide : ''}`}>
        <div className={styles.brand}>
          <img src="/icon.svg" alt="" />
          {t('app.name')}
        </div>
        <h1>{title}</h1>
        {children}
        <div className={styles.languages}>
          {LANGUAGES.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={language === code}
              onClick={() => void speak(code).then(() => changeAppearance({ language: code }))}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
    </main>
  )
}

/** A sentence about what went wrong with the form. */
export function Wrong({ children }: { children: ReactNode }) {
  return (
    <p className={styles.wrong} role="alert">
      {children}
    </p>
  )
}

export { styles as doorStyles }
