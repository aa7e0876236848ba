import type { ReactNode } from 'react'
import styles from './Screen.module.css'

type Props = {
  title: ReactNode
  intro?: string | undefined
  /** What stands beside the title: how saving goes, the one primary button. */
  status?: ReactNode
  action?: ReactNode
  back?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** One screen in one column: its title, what it is for, its sections. */
export function Screen({ title, intro, status, action, back, wide = false, children }: Props) {
  return (
    <div className={wide ? `${styles.screen} ${styles.wide}` : styles.screen}>
      <header className={styles.head}>
        {back}
        <h1>
          <bdi>{title}</bdi>
        </h1>
        {status}
        <span className={styles.space} />
        {action}
        {intro !== undefined && <p>{intro}</p>}
      </header>
      {children}
    </div>
  )
}

type SectionProps = { title?: ReactNode; intro?: string | undefined; action?: ReactNode; danger?: boolean; children: ReactNode }

/** A box of things that belong together; the red-edged one holds what cannot be undone. */
export function Section({ title, intro, action, danger = false, children }: SectionProps) {
  return (
    <section className={styles.section} data-danger={danger || undefined}>
      {title !== undefined && (
        <div className={styles.sectionHead}>
          <h2>
            <bdi>{title}</bdi>
          </h2>
          <span className={styles.space} />
          {action}
          {intro !== undefined && <p>{intro}</p>}
        </div>
      )}
      {children}
    </section>
  )
}

/** A sentence on a tint of its meaning. */
export function Note({ tone, children }: { tone?: 'warm' | 'hot' | 'ok'; children: ReactNode }) {
  return (
    <p className={styles.note} data-tone={tone} role={tone === 'hot' ? 'alert' : undefined}>
      {children}
    </p>
  )
}

/** Fields side by side where there is room. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>
}

/** A row of buttons. */
export function Buttons({ end = false, children }: { end?: boolean; children: ReactNode }) {
  return (
    <div className={styles.buttons} data-end={end || undefined}>
      {children}
    </div>
  )
}

export { styles as screenStyles }
