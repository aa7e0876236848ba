import { Button } from '@mantine/core'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, Unreachable } from '@/api/problem'
import styles from './states.module.css'

/** One sentence and one button, where there is nothing to show. */
export function EmptyState({ title, text, action }: { title?: string; text: string; action?: ReactNode }) {
  return (
    <div className={styles.state}>
      {title !== undefined && <h1>{title}</h1>}
      <p>{text}</p>
      {action}
    </div>
  )
}

/** What went wrong, in words, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const offline = error instanceof Unreachable
  const gone = error instanceof Problem && error.status === 404
  const text = offline ? t('ui.offline') : gone ? t('ui.notFound') : error instanceof Problem ? error.message : t('ui.failed')
  return (
    <div className={styles.state} role="alert">
      <p>{text}</p>
      {onRetry && !gone && <Button onClick={onRetry}>{t('ui.retry')}</Button>}
    </div>
  )
}

/** The place of a line of text that is still on its way. */
export function Bone({ width, height }: { width?: number | string; height?: number }) {
  const size = { '--w': typeof width === 'number' ? `${width}px` : width, '--h': height && `${height}px` } as CSSProperties
  return <span className={styles.bone} style={size} aria-hidden />
}

/** The place of a card that is still on its way. */
export function BoneCard({ height }: { height: string }) {
  return <div className={styles.card} style={{ blockSize: height }} aria-hidden />
}

/** Says to a screen reader that a region is loading, while bones show it to everybody else. */
export function Loading({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div aria-busy="true">
      <span className="hidden-visually" role="status">
        {t('ui.loading')}
      </span>
      {children}
    </div>
  )
}
