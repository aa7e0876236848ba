import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Pipeline } from '@/api/shapes'
import { SORTS, type BoardSort } from './paint'

type Props = { pipelines: readonly Pipeline[]; pipeline: string | undefined; sort: BoardSort; onChange: (to: { pipeline?: string | undefined; sort?: BoardSort }) => void }

/** Which pipeline the board shows, and in which order its cards stand. */
export function BoardOrder({ pipelines, pipeline, sort, onChange }: Props) {
  const { t } = useTranslation()
  const sorts = (Object.keys(SORTS) as BoardSort[]).map((value) => ({ value, label: t(`leads.board.sorts.${value}`) }))
  return (
    <>
      {pipelines.length > 1 && (
        <Select
          w={180}
          aria-label={t('leads.board.pipeline')}
          data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          value={pipeline ?? null}
          allowDeselect={false}
          onChange={(id) => onChange({ pipeline: id ?? undefined })}
        />
      )}
      <Select w={130} aria-label={t('leads.board.sort')} data={sorts} value={sort} allowDeselect={false} onChange={(value) => onChange({ sort: value ?? 'next' })} />
    </>
  )
}
