import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { changeAppearance, useAppearance } from '@/lib/appearance'
import { SCREENS, type Screen } from '../screens'
import styles from './Shell.module.css'

function RailLink({ screen }: { screen: Screen }) {
  const { t } = useTranslation()
  return (
    <Link to={screen.to} className={styles.link} title={t(`app.nav.${screen.word}`)}>
      <screen.icon stroke={1.7} aria-hidden />
      <span className={styles.word}>{t(`app.nav.${screen.word}`)}</span>
    </Link>
  )
}

/** The left rail: brand, search, screens. */
export function Rail({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation()
  const { railOpen } = useAppearance()
  const { rights } = useMe()
  const seen = SCREENS.filter((screen) => screen.right === undefined || rights.includes(screen.right))
  const fold = t(railOpen ? 'app.nav.collapse' : 'app.nav.expand')
  const FoldIcon = railOpen ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand
  return (
    <nav className={styles.rail} aria-label={t('app.nav.main')}>
      <div className={styles.brand}>
        <img src="/icon.svg" alt="" />
        <span className={styles.word}>{t('app.name')}</span>
      </div>
      <button type="button" className={styles.search} onClick={onSearch} aria-label={t('app.search')} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={16} stroke={1.7} aria-hidden />
        <span className={styles.word}>{t('app.search')}</span>
        <kbd className={styles.word} dir="ltr" aria-hidden data-keys="⌘K" />
      </button>
      {seen.map((screen) => screen.place === 'main' && <RailLink key={screen.to} screen={screen} />)}
      <div className={styles.space} />
      {seen.map((screen) => screen.place === 'end' && <RailLink key={screen.to} screen={screen} />)}
      <button
        type="button"
        className={`${styles.link} ${styles.fold}`}
        title={fold}
        aria-label={fold}
        aria-expanded={railOpen}
        onClick={() => changeAppearance({ railOpen: !railOpen })}
      >
        <FoldIcon stroke={1.7} aria-hidden />
      </button>
    </nav>
  )
}
