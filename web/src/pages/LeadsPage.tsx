import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tree } from '@/api/filters'
import { set } from '@/api/client'
import { getLeads } from '@/api/leads'
import { useMe } from '@/api/me'
import type { LeadPage, LeadRow } from '@/api/shapes'
import type { Attention } from '@/features/leads/attention'
import { AttentionFilter } from '@/features/leads/AttentionFilter'
import { FilterBar, useFilterWords } from '@/features/leads/FilterBar'
import { filtersOf, treeOf, type LeadFilters } from '@/features/leads/filters'
import { Bulk } from '@/features/leads/bulk/Bulk'
import { HIDDEN_AT_FIRST, useLeadColumns } from '@/features/leads/list/leadColumns'
import { ListSkeleton } from '@/features/leads/list/ListSkeleton'
import { PhoneRows } from '@/features/leads/list/PhoneRows'
import { SearchField } from '@/features/leads/list/SearchField'
import { rememberTrail } from '@/features/leads/trail'
import { useColumnFields, useMembers, useSources } from '@/features/leads/lists'
import { TransferMenu } from '@/features/transfer/TransferMenu'
import { useFirstView } from '@/features/views/useViews'
import { ViewsMenu } from '@/features/views/ViewsMenu'
import type { SavedView } from '@/api/views'
import { usePhone } from '@/lib/screen'
import { arranged, layoutOf, useLayout } from '@/table/columns'
import { ColumnsMenu } from '@/table/ColumnsMenu'
import { DataTable } from '@/table/DataTable'
import { Pager } from '@/table/Pager'
import { usePaged, useTotalWords } from '@/records/usePaged'
import { FilterChips } from '@/ui/FilterChips'
import { PageBar } from '@/ui/PageBar'
import { EmptyState, ErrorState } from '@/ui/states'

const VIEWS = ['all', 'mine', 'action', 'new', 'ready', 'untouched', 'deals'] as const
export type LeadsSearch = LeadFilters & {
  view?: (typeof VIEWS)[number] | Attention | undefined
  q?: string | undefined
  sort?: string | undefined
  /** The saved view the list began with. */
  saved?: string | undefined
  /** The cursors of the pages walked so far; the last one is this page's. */
  at?: string[] | undefined
}

type Props = { search: LeadsSearch; onSearch: (change: LeadsSearch) => void; onOpen: (id: string) => void }

const PAGE = 50
const NOBODY: ReadonlySet<string> = new Set()

/** All leads as a table, fifty at a time. */
export function LeadsPage({ search, onSearch, onOpen }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const members = useMembers()
  const sources = useSources()
  const [selected, setSelected] = useState(NOBODY)
  const [layout, onLayout] = useLayout('leads', { hidden: HIDDEN_AT_FIRST })
  const { member } = useMe()
  // Who sells begins with what needs doing, the best first; everybody else with everything.
  const { owner, source, where, q, saved, at = [] } = search
  const asksForNothing = [owner, source, where, q, saved].every((one) => one === undefined)
  const { view = member.role === 'rep' && asksForNothing ? 'action' : 'all' } = search
  const sort = search.sort ?? (view === 'action' ? '-score' : undefined)

  const asked = { filter: treeOf({ owner, source, where }), ...(view === 'deals' ? { kind: 'deal' as const } : { view }) }
  const list = (cursor: string | undefined) => ({
    queryKey: ['leads', 'list', { owner, source, where, view, q, sort, cursor }],
    queryFn: ({ signal }: { signal: AbortSignal }) => getLeads({ ...asked, q, sort, cursor }, signal),
  })
  const { found, page, total, next } = usePaged<LeadPage>(list, at)
  const count = useTotalWords(total)

  const names = useMemo(() => new Map(sources.map((one) => [one.key, one.label])), [sources])
  const columns = useLeadColumns(names, useColumnFields())
  const words = useFilterWords({ filters: search, members, sources })
  const change = (to: LeadsSearch) => {
    setSelected(NOBODY)
    onSearch({ at: undefined, ...to })
  }
  const rows = page?.items ?? []
  const pick = (to: SavedView | null) => {
    if (to && to.columns.length > 0) onLayout(layoutOf(columns, to.columns))
    change({ ...filtersOf((to?.filter ?? {}) as Tree), saved: to?.id, sort: to?.sort || undefined, q: undefined, view: undefined })
  }
  useFirstView('leads', Object.values(search).every((one) => one === undefined), pick)
  const open = (row: LeadRow) => {
    rememberTrail(rows.map(({ id }) => id))
    onOpen(row.id)
  }
  const filtered = words.length > 0 || (q ?? '') !== '' || view !== 'all'

  return (
    <>
      <PageBar
        title={t('leads.list.title')}
        count={page && count}
        start={
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('leads.list.views.label')}
              value={view}
              data={VIEWS.map((value) => ({ value, label: t(`leads.list.views.${value}`) }))}
              onChange={(value) => change({ view: value })}
            />
            <ViewsMenu saved={search.saved} shown={{ filter: treeOf(search), sort, columns: arranged(columns, layout).map(({ key }) => key) }} onPick={pick} />
          </>
        }
        active={words.length}
        below={<FilterChips filters={words} onRemove={(key) => change(words.find((word) => word.key === key)?.off ?? {})} onClear={() => change({ owner: undefined, source: undefined, where: undefined })} />}
      >
        <SearchField key={q ?? ''} q={q ?? ''} onSearch={(text) => change({ q: text === '' ? undefined : text })} />
        <AttentionFilter view={view} onView={(to) => change({ view: to })} />
        <FilterBar filters={search} members={members} sources={sources} onChange={change} />
        {!phone && <ColumnsMenu columns={columns} layout={layout} onLayout={onLayout} />}
        <TransferMenu filter={treeOf(search)} />
      </PageBar>
      {!page ? (
        found.isError ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <ListSkeleton />
        )
      ) : rows.length === 0 ? (
        <EmptyState text={t(filtered ? 'leads.board.emptyFiltered' : 'leads.list.empty')} />
      ) : phone ? (
        <PhoneRows rows={rows} onOpen={open} />
      ) : (
        <DataTable
          label={t('leads.list.title')}
          columns={arranged(columns, layout)}
          rows={rows}
          layout={layout}
          onLayout={onLayout}
          sort={sort}
          onSort={(to) => change({ sort: to })}
          selected={selected}
          onSelect={setSelected}
          hrefOf={(row) => `/leads/${row.id}`}
          nameOf={(row) => row.name}
          onOpen={open}
        >
          {selected.size > 0 && (
            <Bulk rows={rows.filter(({ id }) => selected.has(id))} total={total} whole={rows.every(({ id }) => selected.has(id))} listed={set({ ...asked, q })} onDone={() => setSelected(NOBODY)} />
          )}
        </DataTable>
      )}
      <Pager
        from={at.length * PAGE + 1}
        shown={rows.length}
        total={total}
        onPrevious={at.length > 0 ? () => onSearch({ at: at.length > 1 ? at.slice(0, -1) : undefined }) : undefined}
        onNext={next === undefined ? undefined : () => onSearch({ at: [...at, next] })}
      />
    </>
  )
}
