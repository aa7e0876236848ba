import { useTranslation } from 'react-i18next'
import type { Preview } from '@/api/transfer'
import { dateTime } from '@/lib/time'
import { Chip, type Tone } from '@/ui/Chip'
import styles from './Transfer.module.css'

const MOMENT = /^\d{4}-\d{2}-\d{2}T/
const TONES: Record<Preview['rows'][number]['fate'], Tone> = { new: 'ok', duplicate: 'warm', bad: 'hot' }

/** How many rows are new, known and wrong, and the first of them as they would be. */
export function PreviewRows({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <Figures figures={preview.counts === null ? undefined : (['new', 'duplicate', 'bad'] as const).map((key) => [t(`transfer.fate.${key}`), preview.counts?.[key] ?? 0])} />
      {preview.counts === null && <p role="status">{t('transfer.preview.counting')}</p>}
      <div>
        {preview.rows.map((row) => (
          <div key={row.number} className={styles.row}>
            <div>
              <Chip tone={TONES[row.fate]}>{t(`transfer.fate.${row.fate}`)}</Chip> {row.reason !== '' && <bdi>{row.reason}</bdi>}
            </div>
            <dl className={styles.cells}>
              {row.cells.map((cell) => (
                <div key={cell.key}>
                  <dt>
                    <bdi>{cell.label}</bdi>
                  </dt>
                  <dd>
                    <bdi>{MOMENT.test(cell.value) ? dateTime(cell.value, i18n.language) : cell.value}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </>
  )
}

/** Numbers with their names. */
export function Figures({ figures }: { figures: readonly (readonly [string, number])[] | undefined }) {
  const { i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  if (!figures) return null
  return (
    <dl className={styles.counts}>
      {figures.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number.format(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
