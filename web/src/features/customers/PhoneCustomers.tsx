import { useTranslation } from 'react-i18next'
import type { CustomerRow } from '@/api/customers'
import { tableStyles } from '@/table/Pager'
import { Ago, Money } from '@/ui/figures'
import { StatusChip } from './customerColumns'

/** Customers on a phone: two lines each. */
export function PhoneCustomers({ rows, onOpen }: { rows: readonly CustomerRow[]; onOpen: (row: CustomerRow) => void }) {
  const { t } = useTranslation()
  return (
    <ul className={tableStyles.rows}>
      {rows.map((row) => (
        <li key={row.id}>
          <a
            href={`/customers/${row.id}`}
            onClick={(event) => {
              event.preventDefault()
              onOpen(row)
            }}
          >
            <bdi>{row.name}</bdi>
          </a>
          <StatusChip status={row.status} />
          <small>
            {t('customers.deals', { count: row.deals })}
            {row.won_minor > 0 && (
              <>
                {' · '}
                <Money minor={row.won_minor} currency={row.currency} />
              </>
            )}
            {' · '}
            <Ago at={row.last_activity_at} />
          </small>
        </li>
      ))}
    </ul>
  )
}
