import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tree } from '@/api/filters'
import { getBoard } from '@/api/leads'
import { useRight } from '@/api/me'
import type { Board, Card, Stage } from '@/api/shapes'
import { BoardSkeleton } from '@/features/leads/board/BoardSkeleton'
import { BoardView } from '@/features/leads/board/BoardView'
import type { Closing } from '@/features/leads/board/CloseDialog'
import { SORTS, type BoardParams, type BoardSort } from '@/features/leads/board/paint'
import { FilterBar, useFilterWords } from '@/features/leads/FilterBar'
import { filtersOf, treeOf, type LeadFilters } from '@/features/leads/filters'
import { useMembers, usePipelines, useSources } from '@/features/leads/lists'
import { move } from '@/features/leads/operations'
import { useFirstView } from '@/features/views/useViews'
import { ViewsMenu } from '@/features/views/ViewsMenu'
import type { SavedView } from '@/api/views'
import { useOutbox, usePainted } from '@/offline/session'
import { FilterChips } from '@/ui/FilterChips'
import { PageBar } from '@/ui/PageBar'
import { ErrorState } from '@/ui/states'

const CloseDialog = lazy(() => import('@/features/leads/board/CloseDialog').then((part) => ({ default: part.CloseDialog })))

export type PipelineSearch = LeadFilters & { pipeline?: string | undefined; sort?: BoardSort | undefined; saved?: string | undefined }

type Props = { search: PipelineSearch; onSearch: (change: PipelineSearch) => void; onOpen: (id: string) => void }

/** The board: every stage with its leads and its money. */
export function PipelinePage({ search, onSearch, onOpen }: Props) {
  const { t } = useTranslation()
  const members = useMembers()
  const sources = useSources()
  const pipelines = usePipelines()
  const { owner, source, where, pipeline, sort = 'next' } = search
  const params = useMemo<BoardParams>(() => ({ sort, pipeline, owner, source, where }), [sort, pipeline, owner, source, where])
  const query = useMemo(() => ({ pipeline, filter: treeOf({ owner, source, where }), sort: SORTS[sort] }), [pipeline, owner, source, where, sort])
  const key = ['leads', 'board', params]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => getBoard(query, signal), placeholderData: keepPreviousData })
  const board = usePainted<Board | undefined>(key, found.data)
  const words = useFilterWords({ filters: search, members, sources })
  const names = useMemo(() => new Map(sources.map((one) => [one.key, one.label])), [sources])
  const pick = useCallback(
    (view: SavedView | null) => {
      const order = (Object.keys(SORTS) as BoardSort[]).find((one) => SORTS[one] === view?.sort)
      onSearch({ ...filtersOf((view?.filter ?? {}) as Tree), saved: view?.id, sort: order })
    },
    // The view of a role is picked once; what the address does with it does not change.
    // oxlint-disable-next-line react/exhaustive-deps
    [],
  )
  useFirstView('pipeline', Object.values(search).every((one) => one === undefined), pick)
  const sorts = (Object.keys(SORTS) as BoardSort[]).map((value) => ({ value, label: t(`leads.board.sorts.${value}`) }))

  return (
    <>
      <PageBar
        title={pipelines.length > 1 ? (board?.pipeline.name ?? t('leads.board.title')) : t('leads.board.title')}
        active={words.length}
        start={<ViewsMenu saved={search.saved} shown={{ filter: treeOf(search), sort: search.sort && SORTS[search.sort] }} onPick={pick} />}
        below={
          <FilterChips
            filters={words}
            onRemove={(filter) => onSearch(words.find((word) => word.key === filter)?.off ?? {})}
            onClear={() => onSearch({ owner: undefined, source: undefined, where: undefined })}
          />
        }
      >
        {pipelines.length > 1 && (
          <Select
            w={180}
            aria-label={t('leads.board.pipeline')}
            data={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
            value={pipeline ?? board?.pipeline.id ?? null}
            allowDeselect={false}
            onChange={(id) => onSearch({ pipeline: id ?? undefined })}
          />
        )}
        <Select w={130} aria-label={t('leads.board.sort')} data={sorts} value={sort} allowDeselect={false} onChange={(value) => onSearch({ sort: value ?? 'next' })} />
        <FilterBar filters={search} members={members} sources={sources} onChange={onSearch} />
      </PageBar>
      {board ? (
        <MovableBoard key={board.pipeline.id} board={board} params={params} query={query} sources={names} onOpen={onOpen} />
      ) : found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <BoardSkeleton />
      )}
    </>
  )
}

type MovableProps = Pick<Parameters<typeof BoardView>[0], 'board' | 'params' | 'query' | 'sources'> & { onOpen: (id: string) => void }

/** The board with its one write: moving, with a word about the end where the stage is one. */
function MovableBoard({ onOpen, ...shown }: MovableProps) {
  const outbox = useOutbox()
  const mayMove = useRight('leads:write')
  const [closing, setClosing] = useState<{ card: Card; stage: Stage } | null>(null)

  function onMove(card: Card, stage: Stage): void {
    if (stage.kind === 'open') void outbox.add(move(card, stage.id))
    else setClosing({ card, stage })
  }
  function onConfirm(closed: Closing): void {
    if (closing) void outbox.add(move(closing.card, closing.stage.id, closed))
    setClosing(null)
  }
  return (
    <>
      <BoardView {...shown} mayMove={mayMove} onMove={onMove} onOpen={(card) => onOpen(card.id)} />
      <Suspense>{closing && <CloseDialog {...closing} onClose={() => setClosing(null)} onConfirm={onConfirm} />}</Suspense>
    </>
  )
}
