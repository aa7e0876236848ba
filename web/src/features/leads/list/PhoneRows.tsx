import { useTranslation } from 'react-i18next'
import type { LeadRow } from '@/api/shapes'
import { tableStyles } from '@/table/Pager'
import { Ago } from '@/ui/figures'
import { BandChip } from '@/ui/Chip'

/** Leads on a phone: two lines each. */
export function PhoneRows({ rows, onOpen }: { rows: readonly LeadRow[]; onOpen: (row: LeadRow) => void }) {
  const { t } = useTranslation()
  return (
    <ul className={tableStyles.rows}>
      {rows.map((row) => (
        <li key={row.id}>
          <a
            href={`/leads/${row.id}`}
            onClick={(event) => {
              event.preventDefault()
              onOpen(row)
            }}
          >
            <bdi>{row.name || t('leads.board.untitled')}</bdi>
          </a>
          <BandChip band={row.band} score={row.score} />
          <small>
            {row.company_name !== '' && (
              <>
                <bdi>{row.company_name}</bdi>
                {' · '}
              </>
            )}
            <Ago at={row.last_activity_at} />
          </small>
        </li>
      ))}
    </ul>
  )
}
