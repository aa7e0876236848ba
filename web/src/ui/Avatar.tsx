import styles from './Avatar.module.css'

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends.map((word) => Array.from(word ?? '')[0] ?? '').join('').toLocaleUpperCase()
}

/** The initials of a person; named for those who cannot see it. */
export function Avatar({ name, size = 20, label = name }: { name: string; size?: number; label?: string }) {
  return (
    <span className={styles.avatar} style={{ '--size': `${size}px` } as React.CSSProperties} role="img" aria-label={label} title={label} data-initials={initials(name)} />
  )
}
