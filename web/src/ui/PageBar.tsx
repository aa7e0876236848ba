import type { ReactNode } from 'react'
import styles from './PageBar.module.css'

type Props = { title: string; count?: string | undefined; start?: ReactNode; children?: ReactNode; below?: ReactNode }

/** The bar over every screen: its title, its views, its filters, and under them what is filtered. */
export function PageBar({ title, count, start, children, below }: Props) {
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>
        {title} {count !== undefined && <span className={styles.count}>{count}</span>}
      </h1>
      {start}
      <div className={styles.space} />
      {children}
      {below !== undefined && <div className={styles.below}>{below}</div>}
    </div>
  )
}
