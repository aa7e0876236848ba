import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addBulkEdit, type BulkChange } from '@/api/bulk'
import { useRight } from '@/api/me'
import type { LeadRow } from '@/api/shapes'
import { useOnline } from '@/lib/screen'
import { newId } from '@/lib/uuid'
import { useOutbox } from '@/offline/session'
import { Dialog, useSentence } from '@/ui/Dialog'
import { useMembers, usePipelines } from '../lists'
import { assign, move, remove, tag } from '../operations'
import { tagsOf } from '../tags'
import { removeWithUndo } from '../undo'
import { BulkBar, type BulkAction } from './BulkBar'
import { showBulkEdit } from './BulkToast'

const SetField = lazy(() => import('./SetField').then((part) => ({ default: part.SetField })))
const CloseMany = lazy(() => import('./CloseMany').then((part) => ({ default: part.CloseMany })))

type Props = {
  rows: readonly LeadRow[]
  /** How many the list shows on all its pages; null for more than are counted. */
  total: number | null | undefined
  /** Whether every row of this page is chosen. */
  whole: boolean
  /** What the list was asked with, for all of it. */
  listed: Record<string, unknown>
  onDone: () => void
}

/** The selected leads, or all that the list shows, and what can be done with them together. */
export function Bulk({ rows, total, whole, listed, onDone }: Props) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const client = useQueryClient()
  const online = useOnline()
  const say = useSentence()
  const members = useMembers()
  const pipelines = usePipelines()
  const mayChange = useRight('leads:write')
  const mayDelete = useRight('leads:delete')
  const [everything, setEverything] = useState(false)
  const [asking, setAsking] = useState<'tag' | 'set' | 'lost' | null>(null)
  const [lostStage, setLostStage] = useState('')
  const many = everything ? (total ?? null) : rows.length
  // Leads of two pipelines have no stage in common.
  const fitting = everything ? pipelines : pipelines.filter(({ stages }) => rows.every((row) => stages.some((stage) => stage.id === row.stage_id)))

  async function start(change: BulkChange): Promise<void> {
    const made = await addBulkEdit(change, everything ? { listed } : { record_ids: rows.map(({ id }) => id) }, newId())
    showBulkEdit(made.id, client)
    onDone()
  }
  /** Without a network what concerns these few is kept and sent later; else it is one change that can be undone. */
  function begin(change: BulkChange, later: (row: LeadRow) => Parameters<typeof outbox.add>[0]): void {
    if (online || everything) void start(change).catch((error: unknown) => notifications.show({ message: say(error), color: 'red' }))
    else {
      for (const row of rows) void outbox.add(later(row))
      onDone()
    }
  }
  function act(action: BulkAction): void {
    if (action.kind === 'ask') {
      if (action.stage) setLostStage(action.stage.id)
      setAsking(action.what)
    } else if (action.kind === 'assign') begin({ action: 'assign', values: { owner_id: action.owner.id } }, (row) => assign(row, action.owner))
    else if (action.kind === 'move') begin({ action: 'move', values: { stage_id: action.stage.id } }, (row) => move(row, action.stage.id))
    else if (online || everything) begin({ action: 'delete', values: {} }, remove)
    else {
      removeWithUndo(outbox, rows, t)
      onDone()
    }
  }
  return (
    <>
      <BulkBar
        count={many}
        members={members}
        pipelines={fitting}
        mayChange={mayChange}
        mayDelete={mayDelete}
        mayAsk={online}
        everything={everything}
        more={whole && (total === null || (total ?? 0) > rows.length) ? total : undefined}
        onEverything={setEverything}
        onAct={act}
        onClear={onDone}
      />
      {asking === 'tag' && (
        <TagDialog
          onClose={() => setAsking(null)}
          onTag={(tags) => {
            setAsking(null)
            begin({ action: 'tag', values: { add: tags } }, (row) => tag(row, tags))
          }}
        />
      )}
      <Suspense>
        {asking === 'set' && <SetField onClose={() => setAsking(null)} onSet={(values) => start({ action: 'set', values })} />}
        {asking === 'lost' && <CloseMany count={many} onClose={() => setAsking(null)} onLost={(lost) => start({ action: 'move', values: { stage_id: lostStage, lost } })} />}
      </Suspense>
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
