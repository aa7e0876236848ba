import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import { Bone, EmptyState, ErrorState, Loading } from './states'

type Found<T> = { data: T | undefined; error: unknown; refetch: () => unknown }
type Props<T> = { found: Found<T>; bones?: number; height?: number; children: (data: T) => ReactNode }

/** What a query answered; until then its bones, and after a failure what happened and a way to try again. */
export function Loaded<T>({ found, bones = 3, height = 56, children }: Props<T>) {
  const { t } = useTranslation()
  if (found.data !== undefined) return children(found.data)
  if (found.error instanceof Problem && found.error.status === 403) return <EmptyState text={t('ui.denied')} />
  if (found.error !== null && found.error !== undefined) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  return (
    <Loading>
      <div style={{ display: 'grid', gap: 8 }}>
        {Array.from({ length: bones }, (_, index) => (
          <Bone key={index} height={height} />
        ))}
      </div>
    </Loading>
  )
}
