import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconArrowLeft, IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '@/api/customers'
import { Ago, Money } from '@/ui/figures'
import { StatusChip } from './customerColumns'
import styles from './Customer.module.css'

type Props = { customer: Customer; onBack: () => void; onUndo: (conversion: string) => void }

/** Who it is, whose customer, and what they are worth. */
export function CustomerHead({ customer, onBack, onUndo }: Props) {
  const { t } = useTranslation()
  const undoable = customer.can.change ? customer.deal_list.filter((deal) => deal.can_undo) : []
  return (
    <>
      <div className={styles.headLine}>
        <ActionIcon variant="subtle" aria-label={t('customers.back')} onClick={onBack}>
          <IconArrowLeft size={20} stroke={1.7} className={styles.arrow} aria-hidden />
        </ActionIcon>
        <h1 className={styles.name}>
          <bdi>{customer.name}</bdi>
          <StatusChip status={customer.status} />
        </h1>
        {undoable.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" aria-label={t('customers.more')}>
                <IconDots size={17} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {undoable.map((deal) => (
                <Menu.Item key={deal.conversion_id} leftSection={<IconArrowBackUp size={15} aria-hidden />} onClick={() => onUndo(deal.conversion_id)}>
                  <bdi>{t('customers.undo.of', { name: deal.lead.name })}</bdi>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className={styles.figures}>
        <span>
          {t('customers.field.won')} <b><Money minor={customer.won_minor} currency={customer.currency} /></b>
        </span>
        <span>
          {t('customers.field.deals')} <b>{customer.deals}</b>
        </span>
        <span>
          {t('customers.field.owner')} <b><bdi>{customer.owner?.name ?? '–'}</bdi></b>
        </span>
        <span>
          {t('customers.field.activity')} <b><Ago at={customer.last_activity_at} /></b>
        </span>
        {customer.unconverted.length > 0 && <span className={styles.unfit}>{t('customers.noRate', { currencies: customer.unconverted.join(', ') })}</span>}
      </p>
    </>
  )
}
