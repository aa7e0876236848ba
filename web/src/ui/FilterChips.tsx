import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './FilterChips.module.css'

export type ActiveFilter = { key: string; label: string }

type Props = { filters: readonly ActiveFilter[]; onRemove: (key: string) => void; onClear: () => void }

/** The filters that are on, each with a way to take it off. */
export function FilterChips({ filters, onRemove, onClear }: Props) {
  const { t } = useTranslation()
  if (filters.length === 0) return null
  return (
    <ul className={styles.chips}>
      {filters.map(({ key, label }) => (
        <li key={key} className={styles.chip}>
          <bdi>{label}</bdi>
          <button type="button" className={styles.remove} aria-label={t('ui.removeFilter', { label })} onClick={() => onRemove(key)}>
            <IconX size={14} />
          </button>
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <button type="button" className={styles.clear} onClick={onClear}>
            {t('ui.clearAll')}
          </button>
        </li>
      )}
    </ul>
  )
}
