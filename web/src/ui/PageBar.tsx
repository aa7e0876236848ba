import { ActionIcon, Indicator } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '@/lib/screen'
import { BottomSheet } from './BottomSheet'
import styles from './PageBar.module.css'

type Props = {
  title: string
  count?: string | undefined
  start?: ReactNode
  /** Filters; on a phone they stand behind one button. */
  children?: ReactNode
  /** How many of them are on. */
  active?: number
  below?: ReactNode
}

/** The bar over every screen: its title, its views, its filters, and under them what is filtered. */
export function PageBar({ title, count, start, children, active = 0, below }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>
        {title} {count !== undefined && <span className={styles.count}>{count}</span>}
      </h1>
      {!phone && start}
      <div className={styles.space} />
      {!phone && <div className={styles.tools}>{children}</div>}
      {phone && children !== undefined && (
        <Indicator disabled={active === 0} size={9} offset={4}>
          <ActionIcon variant="default" aria-label={t('ui.filters')} onClick={() => setOpen(true)}>
            <IconAdjustmentsHorizontal size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Indicator>
      )}
      {phone && start !== undefined && <div className={styles.views}>{start}</div>}
      {below !== undefined && <div className={styles.below}>{below}</div>}
      {phone && (
        <BottomSheet title={t('ui.filters')} opened={open} onClose={() => setOpen(false)}>
          <div className={styles.sheet}>{children}</div>
        </BottomSheet>
      )}
    </div>
  )
}
