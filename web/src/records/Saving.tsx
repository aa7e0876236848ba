import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOnline } from '@/lib/screen'
import { useOperations, useOutbox } from '@/offline/session'
import { Note } from '@/ui/Screen'

/** Says how the changes of one screen fare: on their way, kept on the device, saved. */
export function SaveMark({ kinds }: { kinds: readonly string[] }) {
  const { t } = useTranslation()
  const online = useOnline()
  const waiting = useOperations().some((operation) => operation.state === 'waiting' && kinds.some((kind) => operation.kind.startsWith(kind)))
  const [worked, setWorked] = useState(false)
  if (waiting && !worked) setWorked(true)
  const text = waiting ? (online ? t('ui.saving') : t('ui.savedHere')) : worked ? t('ui.saved') : ''
  return (
    <span role="status" style={{ fontSize: 12, color: waiting ? 'var(--ink2)' : 'var(--ok)' }}>
      {text}
    </span>
  )
}

/** The changes of one screen that the server refused, each with its reason and a way to forget it. */
export function Refusals({ kinds }: { kinds: readonly string[] }) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const refused = useOperations().filter((operation) => operation.state === 'refused' && kinds.some((kind) => operation.kind.startsWith(kind)))
  return refused.map((operation) => (
    <Note key={operation.id} tone="hot">
      {t('ui.notSaved', { reason: operation.reason })}{' '}
      <Button size="compact-xs" onClick={() => void outbox.discard(operation.id)}>
        {t('sync.discard')}
      </Button>
    </Note>
  ))
}
