import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './DataTable.module.css'

type Props = { from: number; shown: number; total: number | null | undefined; onPrevious: (() => void) | undefined; onNext: (() => void) | undefined }

/** The server counts no further. */
export const MOST_COUNTED = 10_000

/** Where in the whole list this page is, and the ways to its neighbours. */
export function Pager({ from, shown, total, onPrevious, onNext }: Props) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const rtl = i18n.dir() === 'rtl'
  const [Back, Forth] = rtl ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight]
  return (
    <footer className={styles.foot}>
      <span role="status">{shown > 0 && t(typeof total === 'number' ? 'ui.range' : 'ui.ofMany', { from: number.format(from), to: number.format(from + shown - 1), total: number.format(total ?? MOST_COUNTED) })}</span>
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
