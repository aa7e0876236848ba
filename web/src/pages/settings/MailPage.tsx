import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addConnection, changeConnection, getConnections, testConnection, type Connection, type NewConnection } from '@/api/capture'
import { useRight } from '@/api/me'
import { MailboxBox } from '@/features/channels/MailboxBox'
import { RemovalDialog } from '@/features/channels/RemovalDialog'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['capture.connection']
const KEY = ['capture', 'connections']

/** Mail: the mailboxes of the company, how each is read and how it sends. */
export function MailPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('capture:write')
  const found = useQuery({ queryKey: KEY, queryFn: getConnections, meta: { keep: false } })
  const connections = usePainted(KEY, found.data)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Connection>()
  const refresh = () => client.invalidateQueries({ queryKey: KEY })
  return (
    <Screen
      title={t('settings.screen.mail')}
      intro={t('mail.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayChange && (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('mail.add')}
          </Button>
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: connections?.filter((one) => one.channel === 'email') }} bones={1} height={320}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('mail.empty')} />
          ) : (
            all.map((mailbox) => (
              <MailboxBox
                key={mailbox.id}
                mailbox={mailbox}
                disabled={!mayChange}
                onSave={(fields) => void outbox.add(changeOf('capture.connection', mailbox, fields))}
                onSecrets={async (secrets) => {
                  await changeConnection(mailbox.id, { secrets }, mailbox.version, newId())
                  await refresh()
                }}
                onTest={() => testConnection(mailbox.id)}
                onRemove={() => setRemoving(mailbox)}
              />
            ))
          )
        }
      </Loaded>
      {adding && (
        <MailboxDialog
          onClose={() => setAdding(false)}
          onAdd={async (mailbox) => {
            await addConnection(mailbox, newId())
            await refresh()
            setAdding(false)
          }}
        />
      )}
      {removing && (
        <RemovalDialog connection={removing} title={t('mail.removeTitle', { name: removing.name })} submit={t('mail.remove')} sure={t('mail.removeSure')} onClose={() => setRemoving(undefined)} />
      )}
    </Screen>
  )
}

function MailboxDialog({ onAdd, onClose }: { onAdd: (mailbox: NewConnection) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState('')
  const [sender, setSender] = useState('')
  const valid = /^\S+@\S+\.\S+$/.test(address.trim())
  return (
    <Dialog
      title={t('mail.add')}
      submit={t('mail.add')}
      disabled={!valid}
      onClose={onClose}
      onSubmit={() => onAdd({ channel: 'email', name: address.trim(), settings: { address: address.trim(), sender_name: sender.trim(), incoming: '' }, secrets: {} })}
    >
      <Note>{t('mail.addHint')}</Note>
      <TextInput label={t('mail.address')} type="email" dir="ltr" autoComplete="off" value={address} onChange={(event) => setAddress(event.currentTarget.value)} />
      <TextInput label={t('mail.sender_name')} dir="auto" autoComplete="off" value={sender} onChange={(event) => setSender(event.currentTarget.value)} />
    </Dialog>
  )
}
