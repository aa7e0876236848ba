import { IconMenu2, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { BottomSheet } from '@/ui/BottomSheet'
import { SCREENS } from '../screens'
import styles from './Shell.module.css'

/** The phone's bar: the main screens, the big plus between them, and the rest behind More. */
export function BottomBar({ onNew, onSearch }: { onNew: () => void; onSearch: () => void }) {
  const { t } = useTranslation()
  const [more, setMore] = useState(false)
  const { rights } = useMe()
  const seen = SCREENS.filter((screen) => screen.right === undefined || rights.includes(screen.right))
  const main = seen.filter((screen) => screen.place === 'main').slice(0, 3)
  const rest = seen.filter((screen) => !main.includes(screen))
  function search(): void {
    setMore(false)
    onSearch()
  }
  const tab = (screen: (typeof main)[number]) => (
    <Link key={screen.to} to={screen.to} className={styles.tab}>
      <screen.icon stroke={1.7} aria-hidden />
      {t(`app.nav.${screen.word}`)}
    </Link>
  )
  return (
    <nav className={styles.bottom} aria-label={t('app.nav.main')}>
      {main.slice(0, 2).map(tab)}
      <button type="button" className={`${styles.tab} ${styles.plus}`} aria-label={t('app.newLead')} onClick={onNew}>
        <IconPlus stroke={2} aria-hidden />
      </button>
      {main.slice(2).map(tab)}
      {main.length < 3 && (
        <button type="button" className={styles.tab} onClick={onSearch}>
          <IconSearch stroke={1.7} aria-hidden />
          {t('ui.search')}
        </button>
      )}
      {rest.length > 0 && (
        <button type="button" className={styles.tab} aria-expanded={more} onClick={() => setMore(true)}>
          <IconMenu2 stroke={1.7} aria-hidden />
          {t('app.nav.more')}
        </button>
      )}
      <BottomSheet title={t('app.nav.more')} opened={more} onClose={() => setMore(false)}>
        {main.length > 2 && (
          <button type="button" className={`${styles.link} ${styles.fold}`} style={{ minBlockSize: 44 }} onClick={search}>
            <IconSearch stroke={1.7} aria-hidden />
            {t('ui.search')}
          </button>
        )}
        {rest.map((screen) => (
          <Link key={screen.to} to={screen.to} className={styles.link} style={{ minBlockSize: 44 }} onClick={() => setMore(false)}>
            <screen.icon stroke={1.7} aria-hidden />
            {t(`app.nav.${screen.word}`)}
          </Link>
        ))}
      </BottomSheet>
    </nav>
  )
}
