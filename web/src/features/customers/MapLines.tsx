import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConversionMap, MapLine } from '@/api/customers'
import { Buttons, Note } from '@/ui/Screen'
import styles from './Customer.module.css'

type Props = { map: ConversionMap; lines: readonly MapLine[]; disabled: boolean; onLines: (lines: MapLine[]) => void }

/** Which field of a lead goes where, line by line, and which go nowhere. */
export function MapLines({ map, lines, disabled, onLines }: Props) {
  const { t } = useTranslation()
  const put = (index: number, change: Partial<MapLine>) => onLines(lines.map((line, at) => (at === index ? { ...line, ...change } : line)))
  const left = map.sources.filter((one) => map.unmapped.some(({ key }) => key === one.key) && !lines.some(({ source }) => source === one.key))
  const sources = map.sources.map(({ key, label }) => ({ value: key, label }))
  return (
    <>
      {lines.map((line, index) => (
        // Lines are told apart by their place: one field may go to several places.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.mapLine}>
          <Select aria-label={t('customers.map.from')} searchable allowDeselect={false} disabled={disabled} data={sources} value={line.source} onChange={(source) => source !== null && put(index, { source })} />
          <span aria-hidden className={styles.arrow}>
            →
          </span>
          <Select
            aria-label={t('customers.map.to')}
            searchable
            allowDeselect={false}
            disabled={disabled}
            data={targetsOf(map, line.source, t('customers.one'), t('customers.map.deal'))}
            value={`${line.side}|${line.target}`}
            onChange={(value) => value !== null && put(index, placeOf(value))}
          />
          <ActionIcon variant="subtle" aria-label={t('customers.map.remove')} disabled={disabled} onClick={() => onLines(lines.filter((_, at) => at !== index))}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {!disabled && (
        <Buttons>
          <Button leftSection={<IconPlus size={15} aria-hidden />} disabled={left.length === 0} onClick={() => left[0] && onLines([...lines, { source: left[0].key, side: 'customer', target: 'about' }])}>
            {t('customers.map.add')}
          </Button>
        </Buttons>
      )}
      {left.length > 0 && <Note>{t('customers.map.left', { fields: left.map(({ label }) => label).join(', ') })}</Note>}
    </>
  )
}

const placeOf = (value: string): Pick<MapLine, 'side' | 'target'> => {
  const [side, target = ''] = value.split('|')
  return { side: side === 'deal' ? 'deal' : 'customer', target }
}

/** Places whose values are of the same kind; texts take everything. */
function targetsOf(map: ConversionMap, source: string, customer: string, deal: string) {
  const type = map.sources.find(({ key }) => key === source)?.type
  const fits = (one: { type: string }) => one.type === type || one.type === 'text' || one.type === 'long_text'
  return (['customer', 'deal'] as const).map((side) => ({
    group: side === 'customer' ? customer : deal,
    items: map[side].filter((one) => fits(one) && !(side === 'deal' && one.key === source)).map(({ key, label }) => ({ value: `${side}|${key}`, label })),
  }))
}
