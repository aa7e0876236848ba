import { useTranslation } from 'react-i18next'
import type { LeadRow } from '@/api/shapes'
import { useRight } from '@/api/me'
import { useOutbox } from '@/offline/session'
import { useMembers, usePipelines } from '../lists'
import { assign, move } from '../operations'
import { removeWithUndo } from '../undo'
import { BulkBar } from './BulkBar'

/** The selected leads and what can be done with them. */
export function Bulk({ rows, onDone }: { rows: readonly LeadRow[]; onDone: () => void }) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const members = useMembers()
  // Leads of two pipelines have no stage in common.
  const pipeline = usePipelines().find(({ stages }) => rows.every((row) => stages.some((stage) => stage.id === row.stage_id)))
  const mayChange = useRight('leads:write')
  const mayDelete = useRight('leads:delete')
  const each = (make: (row: LeadRow) => Parameters<typeof outbox.add>[0]) => {
    for (const row of rows) void outbox.add(make(row))
    onDone()
  }
  return (
    <BulkBar
      rows={rows}
      members={members}
      stages={pipeline?.stages ?? []}
      mayChange={mayChange}
      mayDelete={mayDelete}
      onAssign={(owner) => each((row) => assign(row, owner))}
      onMove={(stage) => each((row) => move(row, stage.id))}
      onDelete={() => {
        removeWithUndo(outbox, rows, t)
        onDone()
      }}
      onClear={onDone}
    />
  )
}
