import { useTranslation } from 'react-i18next'
import { formatMoney, formatMoneyShort } from '@/lib/money'
import type { PaintedColumn } from './paint'

export type ColumnMoney = { total: string; converted: boolean; hover: string | undefined }

/** What stands in the head of a column: one figure, and behind it what it is made of. */
export function useColumnMoney(column: PaintedColumn, currency: string, length: 'full' | 'short' = 'full'): ColumnMoney {
  const { t, i18n } = useTranslation()
  const format = (minor: number, of: string) => (length === 'short' ? formatMoneyShort : formatMoney)(minor, of, i18n.language)
  const full = ({ minor, currency: of }: PaintedColumn['value'][number]) => formatMoney(minor, of, i18n.language)
  const [only] = column.value
  if (only === undefined) return { total: '', converted: false, hover: undefined }
  if (!column.mixed) {
    const weighted = t('leads.board.weighted', { money: formatMoney(column.weighted_minor, only.currency, i18n.language) })
    return { total: format(column.value_minor, only.currency), converted: false, hover: weighted }
  }
  const parts = column.value.map(full).join(' + ')
  const without = column.unconverted.join(', ')
  const hover = [
    column.recounting ? t('leads.board.recounting', { parts }) : t('leads.board.converted', { currency, parts }),
    without !== '' && t('leads.board.noRate', { currencies: without }),
    !column.recounting && t('leads.board.weighted', { money: formatMoney(column.weighted_minor, currency, i18n.language) }),
  ]
  return { total: column.recounting ? '…' : `≈ ${format(column.value_minor, currency)}${without === '' ? '' : ' +'}`, converted: true, hover: hover.filter((line) => line !== false).join('\n') }
}
