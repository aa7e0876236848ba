import type { Connection } from '@/api/capture'
import { removalOf } from '@/offline/records'
import { useOutbox } from '@/offline/session'
import { Dialog } from '@/ui/Dialog'

type Props = { connection: Connection; title: string; submit: string; sure: string; onClose: () => void }

/** Asks before a connection is removed; what came in through it stays. */
export function RemovalDialog({ connection, title, submit, sure, onClose }: Props) {
  const outbox = useOutbox()
  return (
    <Dialog
      title={title}
      submit={submit}
      danger
      onClose={onClose}
      onSubmit={() => {
        void outbox.add(removalOf('capture.connection', connection))
        onClose()
      }}
    >
      <p style={{ margin: 0 }}>{sure}</p>
    </Dialog>
  )
}
