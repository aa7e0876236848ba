import { Button, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { QueryClientProvider, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { cancelBulkEdit, getBulkEdit, undoBulkEdit, type BulkEdit } from '@/api/bulk'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import styles from './BulkToast.module.css'

const working = (edit: BulkEdit | undefined): boolean => edit === undefined || edit.state === 'running' || edit.state === 'stopping' || edit.state === 'undoing'

/** Shows how far a change of many leads is, and the way back. Messages stand outside the records' cache, which they are given. */
export function showBulkEdit(id: string, client: QueryClient): void {
  const message = (
    <QueryClientProvider client={client}>
      <BulkToast id={id} />
    </QueryClientProvider>
  )
  notifications.show({ id, message, autoClose: false, withCloseButton: true })
}

function BulkToast({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const key = ['bulkEdits', id]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => getBulkEdit(id, signal), meta: { keep: false }, refetchInterval: ({ state }) => (working(state.data) ? 700 : false) })
  const edit = found.data
  const over = !working(edit)
  useEffect(() => {
    if (!over) return
    void client.invalidateQueries({ queryKey: ['leads'] })
    void client.invalidateQueries({ queryKey: ['search'] })
  }, [client, over])
  const act = (doing: Promise<BulkEdit>) =>
    doing.then(
      (after) => client.setQueryData(key, after),
      (error: unknown) => notifications.show({ message: say(error), color: 'red' }),
    )

  if (!edit) return <p className={styles.line}>{found.isError ? say(found.error) : t('ui.loading')}</p>
  const number = new Intl.NumberFormat(i18n.language)
  const settled = edit.changed + edit.same + edit.refused
  const done = edit.state === 'undoing' ? edit.undone + edit.kept : settled
  const total = edit.state === 'undoing' ? edit.changed : edit.total
  return (
    <div className={styles.toast}>
      <p className={styles.line} role="status">
        {over ? t(`leads.bulk.${edit.state === 'undone' ? 'undone' : 'done'}`, { what: edit.what, n: number.format(edit.state === 'undone' ? edit.undone : edit.changed) }) : t('leads.bulk.running', { what: edit.what, done: number.format(done), total: number.format(total) })}
      </p>
      {!over && <Progress value={(100 * done) / Math.max(total, 1)} aria-label={t('leads.bulk.progress')} />}
      {over && edit.left_alone.length > 0 && (
        <p className={styles.line}>
          {t('leads.bulk.left', { count: edit.state === 'undone' ? edit.kept : edit.refused })} {[...new Set(edit.left_alone.map(({ reason }) => reason))].slice(0, 2).join(' ')}
        </p>
      )}
      {edit.state === 'running' && edit.total > 200 && (
        <Button size="xs" onClick={() => void act(cancelBulkEdit(id, newId()))}>
          {t('leads.bulk.stop')}
        </Button>
      )}
      {over && edit.can_undo && (
        <Button size="xs" onClick={() => void act(undoBulkEdit(id, newId()))}>
          {t('leads.page.undo')}
        </Button>
      )}
    </div>
  )
}
