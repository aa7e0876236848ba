import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api/customers'
import type { Member, Source } from '@/api/shapes'
import { FieldValue } from '@/records/FieldValue'
import { FieldEdit } from '@/ui/FieldEdit'
import styles from './Customer.module.css'
import { useCustomerFields } from './useCustomer'

type Props = { customer: Customer; members: readonly Member[]; sources: readonly Source[]; onChange: (fields: Partial<Customer>) => void }

const TEXTS = ['phone', 'email', 'city', 'country', 'about'] as const
const TYPES = { phone: 'tel', email: 'email', city: 'text', country: 'text', about: 'multiline' } as const
const NOTHING = { value: '', label: '–' }

/** The facts about the customer; each is edited where it stands. */
export function CustomerDetails({ customer, members, sources, onChange }: Props) {
  const { t } = useTranslation()
  const fixed = !customer.can.change
  const people = members.filter((member) => member.active || member.id === customer.owner?.id).map(({ id, name }) => ({ value: id, label: name }))
  const needed = (text: string) => (text.trim() === '' ? t('leads.field.needValue') : undefined)
  function give(id: string): void {
    const member = members.find((one) => one.id === id)
    onChange({ owner: member ? { id: member.id, name: member.name } : null })
  }
  return (
    <dl className={styles.fields}>
      <Line label={t('customers.field.name')}>
        <FieldEdit label={t('customers.field.name')} value={customer.name} disabled={fixed} check={needed} onSave={(text) => onChange({ name: text.trim() })} />
      </Line>
      <Line label={t('customers.field.status')}>
        <FieldEdit
          label={t('customers.field.status')}
          value={customer.status}
          shown={t(`customers.status.${customer.status}`)}
          type="choice"
          choices={(['active', 'inactive'] as const).map((value) => ({ value, label: t(`customers.status.${value}`) }))}
          disabled={fixed}
          onSave={(status) => onChange({ status: status as Customer['status'] })}
        />
      </Line>
      <Line label={t('customers.field.owner')}>
        <FieldEdit label={t('customers.field.owner')} value={customer.owner?.id ?? ''} shown={customer.owner?.name} type="choice" choices={[NOTHING, ...people]} disabled={fixed} onSave={give} />
      </Line>
      <Line label={t('customers.convert.kind')}>
        <div className={styles.plain}>{t(`customers.kind.${customer.kind}`)}</div>
      </Line>
      {TEXTS.map((field) => (
        <Line key={field} label={t(`customers.field.${field}`)}>
          <FieldEdit label={t(`customers.field.${field}`)} value={customer[field]} type={TYPES[field]} disabled={fixed} onSave={(text) => onChange({ [field]: text.trim() })} />
        </Line>
      ))}
      <Line label={t('customers.field.source')}>
        <FieldEdit
          label={t('customers.field.source')}
          value={customer.source}
          shown={sources.find(({ key }) => key === customer.source)?.label ?? customer.source}
          type="choice"
          choices={[NOTHING, ...sources.map(({ key, label }) => ({ value: key, label }))]}
          disabled={fixed}
          onSave={(source) => onChange({ source })}
        />
      </Line>
      <OwnFields customer={customer} onChange={onChange} />
    </dl>
  )
}

function OwnFields({ customer, onChange }: Pick<Props, 'customer' | 'onChange'>) {
  return useCustomerFields().map((field) => {
    const key = field.key.replace(/^custom\./, '')
    return (
      <Line key={field.key} label={field.label}>
        <FieldValue field={field} value={customer.custom[key]} currency={customer.currency} disabled={!customer.can.change} onSave={(value) => onChange({ custom: { ...customer.custom, [key]: value } })} />
      </Line>
    )
  })
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
