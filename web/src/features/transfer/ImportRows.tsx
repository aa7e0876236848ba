import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ImportRow } from '@/api/transfer'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Row, Rows } from '@/ui/Rows'
import { STATE_TONES } from './states'

/** The lists that were brought, newest first. */
export function ImportRows({ imports }: { imports: readonly ImportRow[] }) {
  const { t } = useTranslation()
  return (
    <Rows label={t('transfer.imports')}>
      {imports.map((run) => (
        <Row
          key={run.id}
          title={
            <>
              <Link to="/settings/transfer/$id" params={{ id: run.id }}>
                <bdi>{run.name}</bdi>
              </Link>
              <Chip tone={STATE_TONES[run.state]}>{t(`transfer.state.${run.state}`)}</Chip>
            </>
          }
          detail={
            run.state === 'draft'
              ? t('transfer.draftOf', { rows: run.rows, name: run.by_name })
              : t('transfer.summary', { created: run.created, updated: run.updated, skipped: run.skipped, bad: run.bad, name: run.by_name })
          }
          end={<When at={run.created_at} />}
        />
      ))}
    </Rows>
  )
}
