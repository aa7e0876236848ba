import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { GROUPS } from './sections'
import styles from './Settings.module.css'

/** The list of settings beside the chosen one; on a phone one after the other. */
export function SettingsPage({ at, children }: { at: 'list' | 'screen'; children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { rights } = useMe()
  const Back = i18n.dir() === 'rtl' ? IconChevronRight : IconChevronLeft
  const groups = GROUPS.map((group) => ({
    ...group,
    screens: group.screens.filter(({ right }) => right === undefined || rights.includes(right)),
  })).filter((group) => group.screens.length > 0)
  return (
    <div className={styles.page} data-at={at}>
      <nav className={styles.list} aria-label={t('settings.title')}>
        <h1>{t('settings.title')}</h1>
        {groups.map((group) => (
          <section key={group.word} aria-label={t(`settings.group.${group.word}`)}>
            <h2>{t(`settings.group.${group.word}`)}</h2>
            <ul>
              {group.screens.map((screen) => (
                <li key={screen.to}>
                  <Link to={screen.to} className={styles.link} activeOptions={{ exact: false }}>
                    {t(`settings.screen.${screen.word}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className={styles.screen}>
        {at === 'screen' && (
          <Link to="/settings" className={styles.back}>
            <Back size={16} aria-hidden />
            {t('settings.title')}
          </Link>
        )}
        {children}
      </div>
    </div>
  )
}
