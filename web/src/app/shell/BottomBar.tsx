import { IconMenu2, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { BottomSheet } from '@/ui/BottomSheet'
import { SCREENS } from '../screens'
import styles from './Shell.module.css'

/** The phone's bar: the main screens, the big plus, and the rest behind More. */
export function BottomBar({ onNew }: { onNew: () => void }) {
  const { t } = useTranslation()
  const [more, setMore] = useState(false)
  const { rights } = useMe()
  const seen = SCREENS.filter((screen) => screen.right === undefined || rights.includes(screen.right))
  const main = seen.filter((screen) => screen.place === 'main').slice(0, 3)
  const rest = seen.filter((screen) => !main.includes(screen))
  const middle = Math.ceil(main.length / 2)
  const tab = (screen: (typeof main)[number]) => (
    <Link key={screen.to} to={screen.to} className={styles.tab}>
      <screen.icon stroke={1.7} aria-hidden />
      {t(`app.nav.${screen.word}`)}
    </Link>
  )
  return (
    <nav className={styles.bottom} aria-label={t('app.nav.main')}>
      {main.slice(0, middle).map(tab)}
      <button type="button" className={`${styles.tab} ${styles.plus}`} aria-label={t('app.newLead')} onClick={onNew}>
        <IconPlus stroke={2} aria-hidden />
      </button>
      {main.slice(middle).map(tab)}
      {rest.length > 0 && (
        <button type="button" className={styles.tab} aria-expanded={more} onClick={() => setMore(true)}>
          <IconMenu2 stroke={1.7} aria-hidden />
          {t('app.nav.more')}
        </button>
      )}
      <BottomSheet title={t('app.nav.more')} opened={more} onClose={() => setMore(false)}>
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
