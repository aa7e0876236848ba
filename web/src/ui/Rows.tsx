import type { ReactNode } from 'react'
import styles from './Rows.module.css'

/** A list in a box, one line of facts under each title; the same on a phone. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  )
}

type Props = {
  /** A link or a button in it makes the whole row open it. */
  title: ReactNode
  detail?: ReactNode
  end?: ReactNode
  off?: boolean
  /** On a narrow phone the end goes under the title. */
  tall?: boolean
  children?: ReactNode
}

/** One line of the list. */
export function Row({ title, detail, end, off = false, tall = false, children }: Props) {
  return (
    <li className={styles.row} data-off={off || undefined} data-tall={tall || undefined}>
      <div className={styles.main}>
        <div className={styles.title}>{title}</div>
        {detail !== undefined && detail !== '' && <div className={styles.detail}>{detail}</div>}
      </div>
      {end !== undefined && <div className={styles.end}>{end}</div>}
      {children !== undefined && children !== null && children !== false && <div className={styles.more}>{children}</div>}
    </li>
  )
}
