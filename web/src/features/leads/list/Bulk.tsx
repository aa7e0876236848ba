import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadRow } from '@/api/shapes'
import { useRight } from '@/api/me'
import { useOutbox } from '@/offline/session'
import { Dialog } from '@/ui/Dialog'
import { useMembers, usePipelines } from '../lists'
import { assign, move, tag } from '../operations'
import { tagsOf } from '../tags'
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
  const [tagging, setTagging] = useState(false)
  const each = (make: (row: LeadRow) => Parameters<typeof outbox.add>[0]) => {
    for (const row of rows) void outbox.add(make(row))
    onDone()
  }
  return (
    <>
      <BulkBar
        rows={rows}
        members={members}
        stages={pipeline?.stages ?? []}
        mayChange={mayChange}
        mayDelete={mayDelete}
        onAssign={(owner) => each((row) => assign(row, owner))}
        onTag={() => setTagging(true)}
        onMove={(stage) => each((row) => move(row, stage.id))}
        onDelete={() => {
          removeWithUndo(outbox, rows, t)
          onDone()
        }}
        onClear={onDone}
      />
      {tagging && <TagDialog onClose={() => setTagging(false)} onTag={(tags) => each((row) => tag(row, tags))} />}
    </>
  )
}

function TagDialog({ onTag, onClose }: { onTag: (tags: readonly string[]) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const tags = tagsOf(text)
  return (
    <Dialog title={t('leads.tags.add')} submit={t('leads.tags.submit')} disabled={tags.length === 0} onClose={onClose} onSubmit={() => onTag(tags)}>
      <TextInput label={t('leads.tags.label')} description={t('leads.tags.hint')} dir="auto" data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
    </Dialog>
  )
}
