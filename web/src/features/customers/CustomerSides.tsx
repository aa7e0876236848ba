import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api/customers'
import type { LeadRow } from '@/api/shapes'
import { Chip } from '@/ui/Chip'
import { Ago, Money } from '@/ui/figures'
import styles from './Customer.module.css'

/** The deals of a customer, and inquiries of the same people that were not converted. */
export function CustomerDeals({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  return (
    <>
      <h2 className={styles.title}>{t('customers.field.deals')}</h2>
      {customer.deal_list.length === 0 && <p className={styles.none}>{t('customers.noDeals')}</p>}
      <Cards rows={customer.deal_list.map(({ lead }) => lead)} />
      {customer.leads.length > 0 && (
        <>
          <h2 className={styles.title}>{t('customers.otherLeads')}</h2>
          <Cards rows={customer.leads} />
        </>
      )}
    </>
  )
}

function Cards({ rows }: { rows: readonly LeadRow[] }) {
  const { t } = useTranslation()
  const tone = { won: 'ok', lost: 'plain', open: 'accent', spam: 'plain' } as const
  return (
    <ul className={styles.deals}>
      {rows.map((row) => (
        <li key={row.id} className={styles.deal}>
          <Link to="/leads/$id" params={{ id: row.id }}>
            <bdi>{row.name || t('leads.board.untitled')}</bdi>
          </Link>
          <div className={styles.dealLine}>
            <Chip tone={tone[row.status]}>{row.stage_name}</Chip>
            {row.value_minor > 0 && <Money minor={row.value_minor} currency={row.currency} />}
          </div>
          <small>
            {row.owner && (
              <>
                <bdi>{row.owner.name}</bdi>
                {' · '}
              </>
            )}
            <Ago at={row.last_activity_at} />
          </small>
        </li>
      ))}
    </ul>
  )
}

/** Everybody we talk to there. */
export function CustomerPeople({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  return (
    <>
      <h2 className={styles.title}>{t('customers.people')}</h2>
      <ul className={styles.people}>
        {customer.people.map((person) => (
          <li key={person.id}>
            <bdi>{person.name || person.email || person.phone}</bdi>
            {person.title !== '' && (
              <>
                {' · '}
                <bdi>{person.title}</bdi>
              </>
            )}
            <div>
              {person.phone !== '' && (
                <a href={`tel:${person.phone.replace(/[^\d+]/g, '')}`}>
                  <bdi dir="ltr">{person.phone}</bdi>
                </a>
              )}{' '}
              {person.email !== '' && (
                <a href={`mailto:${person.email}`}>
                  <bdi dir="ltr">{person.email}</bdi>
                </a>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
