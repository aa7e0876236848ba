import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { knock } from '@/api/me'
import { isReadOnly, watchReadOnly } from '@/api/readOnly'
import styles from './ReadOnlyBanner.module.css'

/** A quiet screen asks nothing by itself, so the banner asks whether there is room again. */
const ASK_EVERY = 10_000

/** Says, while it lasts, that the server takes nothing new. */
export function ReadOnlyBanner() {
  const { t } = useTranslation()
  const shown = useSyncExternalStore(watchReadOnly, isReadOnly)
  useQuery({ queryKey: ['server', 'room'], queryFn: () => knock().then(({ state }) => state), enabled: shown, refetchInterval: ASK_EVERY, meta: { keep: false } })
  return (
    <div role="status" className={shown ? styles.banner : undefined} data-read-only={shown || undefined}>
      {shown && (
        <>
          <IconLock size={18} stroke={1.7} aria-hidden />
          <span>
            <strong>{t('sync.readOnly.title')}</strong> {t('sync.readOnly.text')}
          </span>
        </>
      )}
    </div>
  )
}
