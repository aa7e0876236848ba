import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getConnections, getIntegrations, type Connection, type Integration } from '@/api/capture'
import { ConnectionState } from '@/features/channels/ConnectionBox'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Screen } from '@/ui/Screen'

/** The platforms whose forms become leads, and how each of them is. */
export function AdsPage() {
  const { t } = useTranslation()
  const integrations = useQuery({ queryKey: ['capture', 'integrations'], queryFn: getIntegrations })
  const connections = useQuery({ queryKey: ['capture', 'connections'], queryFn: getConnections, meta: { keep: false } })
  return (
    <Screen title={t('settings.screen.ads')} intro={t('channels.ads.intro')}>
      <Loaded found={integrations}>
        {(all) => (
          <Rows label={t('settings.screen.ads')}>
            {all.map((one) => (
              <PlatformRow key={one.channel} platform={one} connections={connections.data?.filter(({ channel }) => channel === one.channel) ?? []} />
            ))}
          </Rows>
        )}
      </Loaded>
    </Screen>
  )
}

function PlatformRow({ platform, connections }: { platform: Integration; connections: readonly Connection[] }) {
  const { t } = useTranslation()
  const worst = connections.find(({ state }) => state === 'error') ?? connections[0]
  return (
    <Row
      tall
      off={connections.length === 0}
      title={
        <Link to="/settings/ads/$channel" params={{ channel: platform.channel }}>
          {platform.label}
        </Link>
      }
      detail={connections.length === 0 ? t('channels.ads.none') : t('channels.ads.connections', { count: connections.length })}
      end={worst && <ConnectionState connection={worst} />}
    />
  )
}
