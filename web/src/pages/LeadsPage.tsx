import { SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getLeads } from '@/api/leads'
import { useRight } from '@/api/me'
import type { LeadPage, LeadRow } from '@/api/shapes'
import { FilterBar, useFilterWords } from '@/features/leads/FilterBar'
import { treeOf, type LeadFilters } from '@/features/leads/filters'
import { BulkBar } from '@/features/leads/list/BulkBar'
import { HIDDEN_AT_FIRST, useLeadColumns } from '@/features/leads/list/leadColumns'
import { ListSkeleton } from '@/features/leads/list/ListSkeleton'
import { PhoneRows } from '@/features/leads/list/PhoneRows'
import { rememberTrail } from '@/features/leads/trail'
import { useMembers, usePipelines, useSources } from '@/features/leads/lists'
import { assign, move, remove } from '@/features/leads/operations'
import { usePhone } from '@/lib/screen'
import { useOutbox, usePainted } from '@/offline/session'
import { arranged, useLayout } from '@/table/columns'
import { ColumnsMenu } from '@/table/ColumnsMenu'
import { DataTable } from '@/table/DataTable'
import { Pager } from '@/table/Pager'
import { FilterChips } from '@/ui/FilterChips'
import { PageBar } from '@/ui/PageBar'
import { EmptyState, ErrorState } from '@/ui/states'

export const VIEWS = ['all', 'mine', 'new', 'ready', 'untouched'] as const
export type LeadsSearch = LeadFilters & {
  view?: (typeof VIEWS)[number] | undefined
  q?: string | undefined
  sort?: string | undefined
  /** The cursors of the pages walked so far; the last one is this page's. */
  at?: string[] | undefined
}

type Props = { search: LeadsSearch; onSearch: (change: LeadsSearch) => void; onOpen: (id: string) => void }

const PAGE = 50
const NOBODY: ReadonlySet<string> = new Set()

/** All leads as a table, fifty at a time. */
export function LeadsPage({ search, onSearch, onOpen }: Props) {
  const { t, i18n } = useTranslation()
  const phone = usePhone()
  const client = useQueryClient()
  const members = useMembers()
  const sources = useSources()
  const [selected, setSelected] = useState(NOBODY)
  const [layout, onLayout] = useLayout('leads', { hidden: HIDDEN_AT_FIRST })
  const { owner, source, view = 'all', q, sort, at = [] } = search

  const list = (cursor: string | undefined) => ({
    queryKey: ['leads', 'list', { owner, source, view, q, sort, cursor }],
    queryFn: ({ signal }: { signal: AbortSignal }) => getLeads({ filter: treeOf({ owner, source }), view, q, sort, cursor }, signal),
  })
  const here = list(at.at(-1))
  const found = useQuery({ ...here, placeholderData: keepPreviousData })
  const page = usePainted<LeadPage | undefined>(here.queryKey, found.data)
  const next = page?.next_cursor ?? undefined
  useEffect(() => {
    if (next !== undefined) void client.prefetchQuery(list(next))
    // The key says everything that `list` depends on.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, next, JSON.stringify(here.queryKey)])

  const names = useMemo(() => new Map(sources.map((one) => [one.key, one.label])), [sources])
  const columns = useLeadColumns(names)
  const words = useFilterWords({ filters: search, members, sources })
  const change = (to: LeadsSearch) => {
    setSelected(NOBODY)
    onSearch({ at: undefined, ...to })
  }
  const rows = page?.items ?? []
  const open = (row: LeadRow) => {
    rememberTrail(rows.map(({ id }) => id))
    onOpen(row.id)
  }
  const filtered = words.length > 0 || (q ?? '') !== '' || view !== 'all'

  return (
    <>
      <PageBar
        title={t('leads.list.title')}
        count={page && new Intl.NumberFormat(i18n.language).format(page.total)}
        start={
          <SegmentedControl
            size="xs"
            aria-label={t('leads.list.views.label')}
            value={view}
            data={VIEWS.map((value) => ({ value, label: t(`leads.list.views.${value}`) }))}
            onChange={(value) => change({ view: value })}
          />
        }
        active={words.length}
        below={<FilterChips filters={words} onRemove={(key) => change({ [key]: undefined })} onClear={() => change({ owner: undefined, source: undefined })} />}
      >
        <SearchField key={q ?? ''} q={q ?? ''} onSearch={(text) => change({ q: text === '' ? undefined : text })} />
        <FilterBar filters={search} members={members} sources={sources} onChange={change} />
        {!phone && <ColumnsMenu columns={columns} layout={layout} onLayout={onLayout} />}
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
          {selected.size > 0 && <Bulk rows={rows.filter(({ id }) => selected.has(id))} onDone={() => setSelected(NOBODY)} />}
        </DataTable>
      )}
      <Pager
        from={at.length * PAGE + 1}
        shown={rows.length}
        total={page?.total ?? 0}
        onPrevious={at.length > 0 ? () => onSearch({ at: at.length > 1 ? at.slice(0, -1) : undefined }) : undefined}
        onNext={next === undefined ? undefined : () => onSearch({ at: [...at, next] })}
      />
    </>
  )
}

function SearchField({ q, onSearch }: { q: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(q)
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(text.trim())
      }}
    >
      <TextInput
        w={200}
        dir="auto"
        type="search"
        aria-label={t('leads.list.search')}
        placeholder={t('leads.list.search')}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== q && onSearch(text.trim())}
      />
    </form>
  )
}

function Bulk({ rows, onDone }: { rows: readonly LeadRow[]; onDone: () => void }) {
  const outbox = useOutbox()
  const members = useMembers()
  const [pipeline] = usePipelines()
  const mayDelete = useRight('leads:delete')
  const each = (make: (row: LeadRow) => Parameters<typeof outbox.add>[0]) => {
    for (const row of rows) void outbox.add(make(row))
    onDone()
  }
  return (
    <BulkBar
      rows={rows}
      members={members}
      stages={pipeline?.stages ?? []}
      mayDelete={mayDelete}
      onAssign={(owner) => each((row) => assign(row, owner))}
      onMove={(stage) => each((row) => move(row, stage.id))}
      onDelete={() => each((row) => remove(row))}
      onClear={onDone}
    />
  )
}
