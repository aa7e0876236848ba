import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Import, Place } from '@/api/transfer'
import styles from './Transfer.module.css'

type Props = { run: Import; undecided: readonly string[]; updates: boolean; onChange: (mapping: Place[]) => void; /** Makes a field for a column that has no place; missing where there is none to make. */ onMake?: ((column: number) => void) | undefined }

const EXTRA = 'extra'
const MAKE = 'make'
const ORDERS = ['dmy', 'mdy', 'ymd'] as const
const DATES = new Set(['date', 'datetime'])

/** Every column of the file with its first values, and where it goes. */
export function MapColumns({ run, undecided, updates, onChange, onMake }: Props) {
  const { t } = useTranslation()
  const types = new Map(run.fields.map((field) => [field.key, field]))
  const places = [
    { value: '', label: t('transfer.map.nowhere') },
    { value: EXTRA, label: t('transfer.map.extra') },
    ...(onMake ? [{ value: MAKE, label: t('transfer.map.make') }] : []),
    ...run.fields.map(({ key, label }) => ({ value: key, label })),
  ]
  const set = (index: number, change: Partial<Place>) =>
    onChange(run.mapping.map((one, at) => (at === index ? { ...whole(one), ...change } : change.to !== undefined && change.to !== EXTRA && change.to !== '' && one.to === change.to ? { ...whole(one), to: EXTRA } : whole(one))))
  return (
    <ul className={styles.columns} aria-label={t('transfer.map.title')}>
      {run.columns.map((column, index) => {
        const place = run.mapping[index]
        if (!place) return null
        const field = types.get(place.to)
        const isDate = field !== undefined && DATES.has(field.type)
        return (
          <li key={`${index} ${column.header}`} className={styles.column}>
            <div style={{ minWidth: 0 }}>
              <div className={styles.header}>
                <bdi>{column.header}</bdi>
              </div>
              <div className={styles.samples}>
                <bdi>{column.samples.join(' · ') || t('transfer.map.empty')}</bdi>
              </div>
            </div>
            <Select
              aria-label={t('transfer.map.goes', { column: column.header })}
              data={places}
              value={place.to}
              searchable
              allowDeselect={false}
              nothingFoundMessage={t('ui.noMatches')}
              onChange={(to) => {
                if (to === MAKE) onMake?.(index)
                else if (to !== null) set(index, { to })
              }}
            />
            <div className={styles.more}>
            {isDate ? (
              <Select
                aria-label={t('transfer.map.dates', { column: column.header })}
                placeholder={t('transfer.map.datesAsk')}
                error={undecided.includes(column.header)}
                data={ORDERS.map((value) => ({ value, label: t(`transfer.map.order.${value}`) }))}
                value={place.dates ?? null}
                allowDeselect={false}
                onChange={(dates) => set(index, { dates })}
              />
            ) : updates && field !== undefined && !field.only_adds ? (
              <Select
                aria-label={t('transfer.map.mode', { column: column.header })}
                data={(['fill', 'overwrite'] as const).map((value) => ({ value, label: t(`transfer.map.modes.${value}`) }))}
                value={place.mode ?? 'fill'}
                allowDeselect={false}
                onChange={(mode) => mode !== null && set(index, { mode })}
              />
            ) : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

const whole = (place: Import['mapping'][number]): Place => ({ to: place.to, mode: place.mode ?? 'fill', dates: place.dates ?? null, decimal: place.decimal ?? '' })
