import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { getCustomers, type CustomersPage as Found } from '@/api/customers'
import type { Tree } from '@/api/filters'
import { HIDDEN_AT_FIRST, useCustomerColumns } from '@/features/customers/customerColumns'
import { PhoneCustomers } from '@/features/customers/PhoneCustomers'
import { ListSkeleton } from '@/features/leads/list/ListSkeleton'
import { SearchField } from '@/features/leads/list/SearchField'
import { useMembers } from '@/features/leads/lists'
import { usePhone } from '@/lib/screen'
import { arranged, useLayout } from '@/table/columns'
import { ColumnsMenu } from '@/table/ColumnsMenu'
import { DataTable } from '@/table/DataTable'
import { Pager } from '@/table/Pager'
import { usePaged, useTotalWords } from '@/records/usePaged'
import { PageBar } from '@/ui/PageBar'
import { EmptyState, ErrorState } from '@/ui/states'

export type CustomersSearch = {
  status?: 'active' | 'inactive' | undefined
  owner?: string | undefined
  q?: string | undefined
  sort?: string | undefined
  /** The cursors of the pages walked so far; the last one is this page's. */
  at?: string[] | undefined
}
type Props = { search: CustomersSearch; onSearch: (change: CustomersSearch) => void; onOpen: (id: string) => void }

const PAGE = 50
const STATUSES = ['all', 'active', 'inactive'] as const

/** Everybody who bought, as a table. */
export function CustomersPage({ search, onSearch, onOpen }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const members = useMembers()
  const columns = useCustomerColumns()
  const [layout, onLayout] = useLayout('customers', { hidden: HIDDEN_AT_FIRST })
  const { status, owner, q, sort, at = [] } = search
  const list = (cursor: string | undefined) => ({
    queryKey: ['customers', 'list', { status, owner, q, sort, cursor }],
    queryFn: ({ signal }: { signal: AbortSignal }) => getCustomers({ filter: treeOf(search), q, sort, cursor }, signal),
  })
  const { found, page, total, next } = usePaged<Found>(list, at)
  const count = useTotalWords(total)
  const rows = page?.items ?? []
  const change = (to: CustomersSearch) => onSearch({ at: undefined, ...to })
  const filtered = [status, owner, q].some((one) => one !== undefined)
  return (
    <>
      <PageBar
        title={t('customers.title')}
        count={page && count}
        active={owner === undefined ? 0 : 1}
        start={
          <SegmentedControl
            size="xs"
            aria-label={t('customers.field.status')}
            value={status ?? 'all'}
            data={STATUSES.map((value) => ({ value, label: t(`customers.status.${value}`) }))}
            onChange={(value) => change({ status: value === 'all' ? undefined : value })}
          />
        }
      >
        <SearchField key={q ?? ''} q={q ?? ''} onSearch={(text) => change({ q: text === '' ? undefined : text })} />
        <Select
          w={phone ? '100%' : 150}
          clearable
          searchable
          aria-label={t('customers.field.owner')}
          placeholder={t('customers.field.owner')}
          data={members.map(({ id, name }) => ({ value: id, label: name }))}
          value={owner ?? null}
          onChange={(value) => change({ owner: value ?? undefined })}
        />
        {!phone && <ColumnsMenu columns={columns} layout={layout} onLayout={onLayout} />}
      </PageBar>
      {!page ? (
        found.isError ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <ListSkeleton />
        )
      ) : rows.length === 0 ? (
        <EmptyState text={t(filtered ? 'customers.emptyFiltered' : 'customers.empty')} />
      ) : phone ? (
        <PhoneCustomers rows={rows} onOpen={(row) => onOpen(row.id)} />
      ) : (
        <DataTable
          label={t('customers.title')}
          columns={arranged(columns, layout)}
          rows={rows}
          layout={layout}
          onLayout={onLayout}
          sort={sort}
          onSort={(to) => change({ sort: to })}
          hrefOf={(row) => `/customers/${row.id}`}
          nameOf={(row) => row.name}
          onOpen={(row) => onOpen(row.id)}
        />
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

function treeOf({ status, owner }: CustomersSearch): Tree | undefined {
  const asked = [status !== undefined && { field: 'status', op: 'eq', value: status }, owner !== undefined && { field: 'owner', op: 'eq', value: owner }].filter((one) => one !== false)
  return asked.length > 0 ? { all: asked } : undefined
}
