import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tree } from '@/api/filters'
import { getBoard } from '@/api/leads'
import { useMe, useRight } from '@/api/me'
import type { Board } from '@/api/shapes'
import { BoardSkeleton } from '@/features/leads/board/BoardSkeleton'
import { BoardView } from '@/features/leads/board/BoardView'
import { MoneyPanel } from '@/features/leads/board/MoneyPanel'
import { SORTS, type BoardParams, type BoardSort } from '@/features/leads/board/paint'
import { useMoving } from '@/features/leads/board/useMoving'
import type { Attention } from '@/features/leads/attention'
import { AttentionFilter } from '@/features/leads/AttentionFilter'
import { FilterBar, useFilterWords } from '@/features/leads/FilterBar'
import { filtersOf, treeOf, type LeadFilters } from '@/features/leads/filters'
import { useMembers, usePipelines, useSources } from '@/features/leads/lists'
import { useFirstView } from '@/features/views/useViews'
import { ViewsMenu } from '@/features/views/ViewsMenu'
import type { SavedView } from '@/api/views'
import { usePainted } from '@/offline/session'
import { FilterChips } from '@/ui/FilterChips'
import { PageBar } from '@/ui/PageBar'
import { Bone, ErrorState } from '@/ui/states'

const BoardOrder = lazy(() => import('@/features/leads/board/BoardOrder').then((part) => ({ default: part.BoardOrder })))

export type PipelineSearch = LeadFilters & { pipeline?: string | undefined; sort?: BoardSort | undefined; saved?: string | undefined; view?: Attention | undefined }

type Props = { search: PipelineSearch; onSearch: (change: PipelineSearch) => void; onOpen: (id: string) => void }

/** The board: every stage with its leads and its money. */
export function PipelinePage({ search, onSearch, onOpen }: Props) {
  const { t } = useTranslation()
  const members = useMembers()
  const sources = useSources()
  const pipelines = usePipelines()
  const { owner, source, where, pipeline, view, sort = 'next' } = search
  const params = useMemo<BoardParams>(() => ({ sort, pipeline, owner, source, where, view }), [sort, pipeline, owner, source, where, view])
  const query = useMemo(() => ({ pipeline, view, filter: treeOf({ owner, source, where }), sort: SORTS[sort] }), [pipeline, view, owner, source, where, sort])
  const key = ['leads', 'board', params]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => getBoard(query, signal), placeholderData: keepPreviousData })
  const board = usePainted<Board | undefined>(key, found.data)
  const sees = useMe().member.role !== 'rep'
  const words = useFilterWords({ filters: search, members, sources })
  const names = useMemo(() => new Map(sources.map((one) => [one.key, one.label])), [sources])
  const pick = (to: SavedView | null) => {
    const order = (Object.keys(SORTS) as BoardSort[]).find((one) => SORTS[one] === to?.sort)
    onSearch({ ...filtersOf((to?.filter ?? {}) as Tree), saved: to?.id, sort: order })
  }
  useFirstView('pipeline', Object.values(search).every((one) => one === undefined), pick)

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
        <Suspense fallback={<Bone width={130} height={30} />}>
          <BoardOrder pipelines={pipelines} pipeline={pipeline ?? board?.pipeline.id} sort={sort} onChange={onSearch} />
        </Suspense>
        <AttentionFilter view={view} onView={(to) => onSearch({ view: to })} />
        {sees && <MoneyPanel pipeline={pipeline} />}
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

/** The board with its one write: moving, with the questions on its way. */
function MovableBoard({ onOpen, ...shown }: MovableProps) {
  const mayMove = useRight('leads:write')
  const { onMove, dialogs } = useMoving()
  return (
    <>
      <BoardView {...shown} mayMove={mayMove} onMove={onMove} onOpen={(card) => onOpen(card.id)} />
      {dialogs}
    </>
  )
}
