import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { loadNewVersion, versionWaits, watchVersions } from '../serviceWorker'
import styles from './SyncBadge.module.css'

/** Offers the new version once it is on the device; never reloads by itself. */
export function NewVersion() {
  const { t } = useTranslation()
  const waits = useSyncExternalStore(watchVersions, versionWaits)
  if (!waits) return null
  return (
    <button type="button" className={styles.badge} onClick={loadNewVersion}>
      {t('sync.newVersion')} · {t('sync.reload')}
    </button>
  )
}
