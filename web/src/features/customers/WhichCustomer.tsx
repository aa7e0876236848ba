import { Radio, SegmentedControl, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Candidate, Proposal } from '@/api/customers'

/** Instead of a customer's id: one that does not exist yet. */
export const NEW = 'new'
export type Choice = { id: string; name: string; kind: Proposal['customer']['kind'] }

type Props = { choice: Choice; customer: Proposal['customer']; candidates: readonly Candidate[]; onChoice: (choice: Choice) => void }

/** A customer who exists, with the reason why it may be the one, or a new one. */
export function WhichCustomer({ choice, customer, candidates, onChoice }: Props) {
  const { t } = useTranslation()
  // Who certainly is a customer already gets no second record of the same kind.
  const kinds = customer.kinds.filter((kind) => !candidates.some((one) => one.same && one.kind === kind))
  const mayBeNew = kinds.length > 0 || candidates.length === 0
  const kind = kinds.includes(choice.kind) ? choice.kind : (kinds[0] ?? choice.kind)
  return (
    <>
      {candidates.length > 0 && (
        <Radio.Group label={t('customers.convert.customer')} value={choice.id} onChange={(id) => onChoice({ ...choice, id, ...(id === NEW && { kind }) })}>
          <div style={{ display: 'grid', gap: 8, marginBlockStart: 6 }}>
            {candidates.map((one) => (
              <Radio key={one.id} value={one.id} label={<bdi>{one.name}</bdi>} description={[one.reason, one.owner?.name, t('customers.deals', { count: one.deals })].filter(Boolean).join(' · ')} />
            ))}
            {mayBeNew && <Radio value={NEW} label={t('customers.convert.new')} />}
          </div>
        </Radio.Group>
      )}
      {choice.id === NEW && (
        <>
          <TextInput label={t('customers.convert.name')} dir="auto" data-autofocus value={choice.name} onChange={(event) => onChoice({ ...choice, name: event.currentTarget.value })} />
          {kinds.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t('customers.convert.kind')}
              value={kind}
              data={kinds.map((value) => ({ value, label: t(`customers.kind.${value}`) }))}
              onChange={(value) => onChoice({ ...choice, kind: value })}
            />
          )}
        </>
      )}
    </>
  )
}
