import { useTranslation } from 'react-i18next'
import type { Proposal } from '@/api/customers'
import { useMe } from '@/api/me'
import { Money } from '@/ui/figures'
import { sourceWord } from '@/records/described'
import styles from './Customer.module.css'

/** Which values go along, and which stay with the deal alone. */
export function Carried({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation()
  const { mapping, unmapped } = proposal
  return (
    <details className={styles.carried}>
      <summary>{t('customers.convert.carried', { count: mapping.length, left: unmapped.length })}</summary>
      <dl className={styles.lines}>
        {mapping.map((line) => (
          <div key={`${line.source}>${line.side}.${line.target}`}>
            <dt>
              <bdi>{line.label}</bdi> <span aria-hidden className={styles.arrow}>→</span> <bdi>{t(`customers.side.${line.side}`, { field: line.target_label })}</bdi>
            </dt>
            <dd>
              <Value of={line.source} value={line.value} />
            </dd>
          </div>
        ))}
      </dl>
      {unmapped.length > 0 && (
        <>
          <h3 className={styles.left}>{t('customers.convert.left')}</h3>
          <dl className={styles.lines}>
            {unmapped.map(({ key, label, value }) => (
              <div key={key}>
                <dt>
                  <bdi>{label}</bdi>
                </dt>
                <dd>
                  <Value of={key} value={value} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </details>
  )
}

function Value({ of, value }: { of: string; value: unknown }) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  if (of === 'value_minor' && typeof value === 'number') return <Money minor={value} currency={workspace.currency} />
  if (typeof value === 'boolean') return t(value ? 'leads.field.yes' : 'leads.field.no')
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
  return <bdi>{of.endsWith('source') ? sourceWord(text, text, t) : text}</bdi>
}
