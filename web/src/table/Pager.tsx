import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './DataTable.module.css'

type Props = { from: number; shown: number; total: number; onPrevious: (() => void) | undefined; onNext: (() => void) | undefined }

/** Where in the whole list this page is, and the ways to its neighbours. */
export function Pager({ from, shown, total, onPrevious, onNext }: Props) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const rtl = i18n.dir() === 'rtl'
  const [Back, Forth] = rtl ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight]
  return (
    <footer className={styles.foot}>
      <span role="status">{shown > 0 && t('ui.range', { from: number.format(from), to: number.format(from + shown - 1), total: number.format(total) })}</span>
      <ActionIcon variant="default" aria-label={t('ui.previous')} disabled={!onPrevious} onClick={onPrevious}>
        <Back size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t('ui.next')} disabled={!onNext} onClick={onNext}>
        <Forth size={16} aria-hidden />
      </ActionIcon>
    </footer>
  )
}

export { styles as tableStyles }
