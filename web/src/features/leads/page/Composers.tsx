import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './Composer.module.css'

/** Warns, before two people answer the same customer at once. */
export function Composers({ names }: { names: readonly string[] }) {
  const { t, i18n } = useTranslation()
  const listed = new Intl.ListFormat(i18n.language).format(names)
  return (
    <div role="status" data-composers={names.length}>
      {names.length > 0 && (
        <p className={styles.others}>
          <IconPencil size={16} stroke={1.7} aria-hidden />
          <bdi>{t('leads.composer.others', { count: names.length, names: listed })}</bdi>
        </p>
      )}
    </div>
  )
}
