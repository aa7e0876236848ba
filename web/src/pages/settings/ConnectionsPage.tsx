import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addConnection, getConnections, getIntegrations, testConnection, type Connection } from '@/api/capture'
import { useMe, useRight } from '@/api/me'
import { ConnectionBox, ConnectionState } from '@/features/channels/ConnectionBox'
import { RemovalDialog } from '@/features/channels/RemovalDialog'
import { HookDialog } from '@/features/channels/HookDialog'
import { SampleDialog } from '@/features/channels/SampleDialog'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { useLeadFields } from '@/records/filter/useFields'
import { Refusals, SaveMark } from '@/records/Saving'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['capture.connection']
const KEY = ['capture', 'connections']
/** Doors with a screen of their own. */
const ELSEWHERE: Record<string, '/settings/whatsapp' | '/settings/forms' | '/settings/websites' | '/settings/mail'> = { whatsapp: '/settings/whatsapp', form: '/settings/forms', website: '/settings/websites', email: '/settings/mail' }

/** Every door through which leads come in; those of other tools are made here. */
export function ConnectionsPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('capture:write')
  const found = useQuery({ queryKey: KEY, queryFn: getConnections, meta: { keep: false } })
  const connections = usePainted(KEY, found.data)
  const integrations = useQuery({ queryKey: ['capture', 'integrations'], queryFn: getIntegrations })
  const ads = integrations.data?.map(({ channel }) => channel) ?? []
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Connection>()
  const [mapping, setMapping] = useState<Connection>()
  const custom = useLeadFields().filter((field) => field.custom)
  return (
    <Screen
      title={t('settings.screen.connections')}
      intro={t('channels.connections.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayChange && (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('channels.connections.add')}
          </Button>
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: integrations.isPending ? undefined : connections }}>
        {(all) => {
          const made = all.filter((one) => one.url !== '' && !ads.includes(one.channel) && !(one.channel in ELSEWHERE))
          const others = all.filter((one) => !made.includes(one))
          return (
            <>
              {all.length === 0 && <EmptyState text={t('channels.connections.empty')} />}
              {others.length > 0 && (
                <Rows label={t('settings.screen.connections')}>
                  {others.map((connection) => (
                    <OtherRow key={connection.id} connection={connection} ad={ads.includes(connection.channel)} />
                  ))}
                </Rows>
              )}
              {made.map((connection) => (
                <ConnectionBox
                  key={connection.id}
                  connection={connection}
                  disabled={!mayChange}
                  more={connection.channel === 'form_hook' && <Button onClick={() => setMapping(connection)}>{t('webforms.sample.open')}</Button>}
                  onSwitch={(enabled) => void outbox.add(changeOf('capture.connection', connection, { enabled }))}
                  onTest={() => testConnection(connection.id)}
                  onRemove={() => setRemoving(connection)}
                />
              ))}
            </>
          )
        }}
      </Loaded>
      {adding && (
        <HookDialog
          onClose={() => setAdding(false)}
          onAdd={async (connection) => {
            await addConnection(connection, newId())
            await client.invalidateQueries({ queryKey: KEY })
            setAdding(false)
          }}
        />
      )}
      {mapping && (
        <SampleDialog
          id={mapping.id}
          mapping={(mapping.settings.mapping ?? {}) as Record<string, string>}
          custom={custom}
          onClose={() => setMapping(undefined)}
          onSave={(chosen) => {
            void outbox.add(changeOf('capture.connection', mapping, { settings: { ...mapping.settings, mapping: chosen } }))
            setMapping(undefined)
          }}
        />
      )}
      {removing && (
        <RemovalDialog connection={removing} title={t('channels.connections.deleteTitle', { name: removing.name })} submit={t('channels.connections.delete')} sure={t('channels.connections.deleteSure')} onClose={() => setRemoving(undefined)} />
      )}
    </Screen>
  )
}

function OtherRow({ connection, ad }: { connection: Connection; ad: boolean }) {
  const { t } = useTranslation()
  const { sandbox } = useMe()
  const to = ELSEWHERE[connection.channel]
  const name = <bdi>{connection.name}</bdi>
  const words = t(`channels.connections.channel.${connection.channel}` as 'channels.connections.channel.sms', { defaultValue: connection.label })
  return (
    <Row
      off={!connection.enabled}
      title={
        ad ? (
          <Link to="/settings/ads/$channel" params={{ channel: connection.channel }}>
            {name}
          </Link>
        ) : to ? (
          <Link to={to}>{name}</Link>
        ) : (
          name
        )
      }
      detail={
        <>
          {words}
          {connection.channel === 'sms' && <> · {t('channels.connections.sms')}</>}
        </>
      }
      end={
        <>
          {connection.channel === 'sms' && sandbox && (
            <a href="/sandbox/sms/" target="_blank" rel="noreferrer" style={{ color: 'var(--accent-ink)' }}>
              {t('channels.connections.smsBox')}
            </a>
          )}
          <ConnectionState connection={connection} />
        </>
      }
    />
  )
}
