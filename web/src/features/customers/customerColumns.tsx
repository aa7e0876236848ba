import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerRow } from '@/api/customers'
import type { TableColumn } from '@/table/columns'
import { Chip } from '@/ui/Chip'
import { Ago, Money } from '@/ui/figures'

/** The columns of the customers table. */
export function useCustomerColumns(): TableColumn<CustomerRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      { key: 'name', label: t('customers.field.name'), width: 200, sort: 'name', cell: (row) => <bdi>{row.name}</bdi> },
      { key: 'status', label: t('customers.field.status'), width: 110, cell: (row) => <StatusChip status={row.status} /> },
      { key: 'contact', label: t('customers.field.contact'), width: 160, cell: (row) => <bdi>{row.contact?.name}</bdi> },
      { key: 'deals', label: t('customers.field.deals'), width: 90, end: true, sort: 'deals', cell: (row) => row.deals },
      { key: 'won', label: t('customers.field.won'), width: 130, end: true, sort: 'won_minor', cell: (row) => row.won_minor > 0 && <Money minor={row.won_minor} currency={row.currency} /> },
      { key: 'owner', label: t('customers.field.owner'), width: 130, cell: (row) => <bdi>{row.owner?.name}</bdi> },
      { key: 'activity', label: t('customers.field.activity'), width: 120, sort: 'last_activity_at', cell: (row) => <Ago at={row.last_activity_at} /> },
      { key: 'since', label: t('customers.field.since'), width: 120, sort: 'created_at', cell: (row) => <Ago at={row.created_at} /> },
      { key: 'phone', label: t('customers.field.phone'), width: 140, cell: (row) => <bdi dir="ltr">{row.phone}</bdi> },
      { key: 'email', label: t('customers.field.email'), width: 180, cell: (row) => <bdi dir="ltr">{row.email}</bdi> },
      { key: 'city', label: t('customers.field.city'), width: 110, cell: (row) => <bdi>{row.city}</bdi> },
    ],
    [t],
  )
}

/** Whether we still work for the customer. */
export function StatusChip({ status }: { status: CustomerRow['status'] }) {
  const { t } = useTranslation()
  return <Chip tone={status === 'active' ? 'ok' : 'plain'}>{t(`customers.status.${status}`)}</Chip>
}

/** Columns a new member does not see at first. */
export const HIDDEN_AT_FIRST = ['phone', 'email', 'city']
