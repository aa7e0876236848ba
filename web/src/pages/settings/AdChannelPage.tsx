import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addConnection, catchUp, changeConnection, getConnections, getIntegrations, testConnection, type Connection, type Integration } from '@/api/capture'
import { useRight } from '@/api/me'
import { IntegrationBox } from '@/features/channels/IntegrationBox'
import { RemovalDialog } from '@/features/channels/RemovalDialog'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { useSentence } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen, screenStyles, Section } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['capture.connection']
const KEY = ['capture', 'connections']

/** One platform: how to connect it, its connections, and a place to try it. */
export default function AdChannelPage({ channel }: { channel: string }) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const mayChange = useRight('capture:write')
  const integrations = useQuery({ queryKey: ['capture', 'integrations'], queryFn: getIntegrations })
  const platform = integrations.data?.find((one) => one.channel === channel)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const Back = i18n.dir() === 'rtl' ? IconChevronRight : IconChevronLeft
  async function connect(name: string): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      await addConnection({ channel, name, settings: {}, secrets: {} }, newId())
      await client.invalidateQueries({ queryKey: KEY })
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
  }
  return (
    <Screen
      title={platform?.label ?? t('settings.screen.ads')}
      intro={platform?.intro}
      status={<SaveMark kinds={KINDS} />}
      back={
        <Link to="/settings/ads" className={screenStyles.back}>
          <Back size={16} aria-hidden />
          {t('settings.screen.ads')}
        </Link>
      }
      action={
        mayChange &&
        platform && (
          <Button variant="filled" loading={busy} onClick={() => void connect(platform.label)}>
            {t('channels.ads.add')}
          </Button>
        )
      }
    >
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {!mayChange && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...integrations, data: integrations.data && (platform ?? null) }} bones={1} height={320}>
        {(found) =>
          found === null ? (
            <EmptyState text={t('ui.notFound')} />
          ) : (
            <>
              <Connections platform={found} mayChange={mayChange} />
              <Section title={t('channels.ads.steps')}>
                <ol style={{ display: 'grid', gap: 6, margin: 0, paddingInlineStart: 20, fontSize: 13.5, lineHeight: 1.5 }}>
                  {found.steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
                {found.guide !== '' && <p style={{ margin: 0, fontSize: 13, color: 'var(--ink2)' }}>{t('channels.ads.guide', { guide: found.guide })}</p>}
              </Section>
            </>
          )
        }
      </Loaded>
    </Screen>
  )
}

function Connections({ platform, mayChange }: { platform: Integration; mayChange: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  // What is pasted at the platform is in the answer: it is not kept on the device.
  const found = useQuery({ queryKey: KEY, queryFn: getConnections, meta: { keep: false } })
  const connections = usePainted(KEY, found.data)
  const [removing, setRemoving] = useState<Connection>()
  return (
    <>
      <Loaded found={{ ...found, data: connections }} bones={1} height={320}>
        {(all) => {
          const own = all.filter((one) => one.channel === platform.channel)
          return own.length === 0 ? (
            <EmptyState text={t('channels.ads.empty')} />
          ) : (
            own.map((connection) => (
              <IntegrationBox
                key={connection.id}
                platform={platform}
                connection={connection}
                disabled={!mayChange}
                onSave={(fields) => void outbox.add(changeOf('capture.connection', connection, fields))}
                onSecrets={async (secrets) => {
                  await changeConnection(connection.id, { secrets }, connection.version, newId())
                  await client.invalidateQueries({ queryKey: KEY })
                }}
                onTest={async () => {
                  const result = await testConnection(connection.id)
                  // Trying it may have subscribed it, or cleared its error.
                  await client.invalidateQueries({ queryKey: KEY })
                  return result
                }}
                onCatchUp={() => catchUp(connection.id, newId())}
                onRemove={() => setRemoving(connection)}
              />
            ))
          )
        }}
      </Loaded>
      {removing && (
        <RemovalDialog connection={removing} title={t('channels.connections.deleteTitle', { name: removing.name })} submit={t('channels.connections.delete')} sure={t('channels.ads.deleteSure')} onClose={() => setRemoving(undefined)} />
      )}
    </>
  )
}
