import { Modal, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getMoney, type MoneyOf } from '@/api/leads'
import { formatMoney } from '@/lib/money'
import { Loaded } from '@/ui/Loaded'
import { Note } from '@/ui/Screen'

/** The open money of a pipeline by stage and by owner; it follows every move as it happens. */
export function MoneyDialog({ pipeline, onClose }: { pipeline: string | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} size={720} title={t('leads.money.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Money pipeline={pipeline} />
    </Modal>
  )
}

function Money({ pipeline }: { pipeline: string | undefined }) {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['leads', 'money', pipeline], queryFn: ({ signal }) => getMoney(pipeline, signal) })
  return (
    <Loaded found={found} height={240}>
      {({ currency, total, stages, owners, unconverted }) => (
        <>
          <Rows head={t('leads.money.stage')} rows={stages} total={total} currency={currency} />
          <Rows head={t('leads.money.owner')} rows={owners} total={total} currency={currency} />
          {unconverted.length > 0 && <Note>{t('leads.money.unconverted', { currencies: unconverted.join(', ') })}</Note>}
        </>
      )}
    </Loaded>
  )
}

type RowsProps = { head: string; rows: readonly MoneyOf[]; total: MoneyOf; currency: string }

function Rows({ head, rows, total, currency }: RowsProps) {
  const { t, i18n } = useTranslation()
  const figures = (row: MoneyOf) => [new Intl.NumberFormat(i18n.language).format(row.count), ...[row.value_minor, row.weighted_minor].map((minor) => formatMoney(minor, currency, i18n.language))]
  const heads = [t('leads.money.count'), t('leads.money.value'), t('leads.money.weighted')]
  return (
    <Table mb="md" aria-label={head}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{head}</Table.Th>
          {heads.map((one) => (
            <Table.Th key={one} scope="col" ta="end">
              {one}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {[...rows, null].map((row) => (
          <Table.Tr key={row ? (row.of?.id ?? 'nobody') : 'total'} fw={row ? undefined : 620}>
            <Table.Th scope="row" fw={row ? 400 : 620}>
              <bdi>{row ? (row.of?.name ?? t('leads.money.nobody')) : t('leads.money.total')}</bdi>
            </Table.Th>
            {figures(row ?? total).map((figure, index) => (
              <Table.Td key={heads[index]} ta="end">
                {figure}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
