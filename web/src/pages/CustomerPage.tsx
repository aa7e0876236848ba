import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api/customers'
import { CustomerDetails } from '@/features/customers/CustomerDetails'
import { CustomerHead } from '@/features/customers/CustomerHead'
import { CustomerDeals, CustomerPeople } from '@/features/customers/CustomerSides'
import { change } from '@/features/customers/kinds'
import { useUndo } from '@/features/customers/undo'
import { useCustomer, useCustomerTimeline } from '@/features/customers/useCustomer'
import { useMembers, useSources } from '@/features/leads/lists'
import styles from '@/features/leads/page/Lead.module.css'
import { LeadSkeleton } from '@/features/leads/page/LeadSkeleton'
import { KINDS, Timeline, type TimelineFilter } from '@/features/leads/page/Timeline'
import { useKeys } from '@/lib/keys'
import { useOutbox } from '@/offline/session'
import { ErrorState } from '@/ui/states'

type Props = { id: string; onBack: () => void }
type Tab = 'deals' | 'timeline' | 'details'
const TABS: readonly Tab[] = ['deals', 'timeline', 'details']

/** One customer: facts, deals, people and the story of them all. */
export function CustomerPage({ id, onBack }: Props) {
  const { customer, isError, error, refetch } = useCustomer(id)
  useKeys({ e: () => document.querySelector<HTMLElement>('[data-field-edit]:not(:disabled)')?.click() })
  if (customer) return <CustomerBody customer={customer} onBack={onBack} />
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <LeadSkeleton />
}

function CustomerBody({ customer, onBack }: { customer: Customer; onBack: () => void }) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const members = useMembers()
  const sources = useSources()
  const undo = useUndo()
  const [tab, setTab] = useState<Tab>('deals')
  const [filter, setFilter] = useState<TimelineFilter>('all')
  const { entries, pending, older } = useCustomerTimeline(customer.id, KINDS[filter])
  return (
    <>
      <header className={styles.head}>
        <CustomerHead customer={customer} onBack={onBack} onUndo={(conversion) => void undo(conversion)} />
      </header>
      <div className={styles.tabs} role="tablist">
        {TABS.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={tab === one} onClick={() => setTab(one)}>
            {t(`customers.tab.${one}`)}
          </button>
        ))}
      </div>
      <div className={styles.columns}>
        <div className={styles.side} data-shown={tab === 'details'}>
          <CustomerDetails customer={customer} members={members} sources={sources} onChange={(fields) => void outbox.add(change(customer, fields))} />
          <CustomerPeople customer={customer} />
        </div>
        <div className={styles.middle} data-shown={tab === 'timeline'}>
          <Timeline entries={entries} pending={pending} filter={filter} onFilter={setFilter} onOlder={older} />
        </div>
        <div className={styles.side} data-shown={tab === 'deals'}>
          <CustomerDeals customer={customer} />
        </div>
      </div>
    </>
  )
}
