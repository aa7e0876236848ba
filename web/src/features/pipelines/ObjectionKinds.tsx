import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ObjectionKind } from '@/api/objections'
import { Note } from '@/ui/Screen'

const FIGURES = ['leads', 'overcome', 'won', 'lost'] as const

/** Which objections are overcome, and which cost the sale. */
export function ObjectionKinds({ kinds }: { kinds: readonly ObjectionKind[] }) {
  const { t, i18n } = useTranslation()
  if (kinds.length === 0) return <Note>{t('settings.stages.objections.none')}</Note>
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table aria-label={t('settings.stages.objections.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('settings.stages.objections.kind')}</Table.Th>
            {[...FIGURES, 'rate' as const].map((figure) => (
              <Table.Th key={figure} scope="col" ta="end">
                {t(`settings.stages.objections.${figure}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kinds.map((one) => (
            <Table.Tr key={one.kind}>
              <Table.Th scope="row" fw={400}>
                <bdi>{one.kind}</bdi>
              </Table.Th>
              {FIGURES.map((figure) => (
                <Table.Td key={figure} ta="end">
                  {one[figure]}
                </Table.Td>
              ))}
              <Table.Td ta="end">{one.win_rate === null ? '–' : percent.format(one.win_rate / 100)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Note>{t('settings.stages.objections.formula')}</Note>
    </div>
  )
}
