import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import { getOutbox, retryMessage, type MessagePage } from '@/api/messages'
import { OutboxRow } from '@/features/conversations/OutboxRow'
import { newId } from '@/lib/uuid'
import { Loaded } from '@/ui/Loaded'
import { Older } from '@/ui/Older'
import { Rows } from '@/ui/Rows'
import { Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const VIEWS = { all: undefined, trouble: 'failed,uncertain', way: 'queued,sending', arrived: 'sent,delivered,read' } as const
const NAMES = ['all', 'trouble', 'way', 'arrived'] as const

/** Every message that left or is to leave. */
export default function OutboxPage({ state, onState }: { state: string | undefined; onState: (state: string | undefined) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const maySend = useRight('messages:send')
  const view = NAMES.find((name) => name === state) ?? 'all'
  const found = useInfiniteQuery({
    queryKey: ['conversations', 'outbox', view],
    queryFn: ({ pageParam, signal }) => getOutbox(VIEWS[view], pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: MessagePage) => page.next_cursor ?? undefined,
    meta: { keep: false },
  })
  return (
    <Screen title={t('settings.screen.outbox')} intro={t('channels.outbox.intro')} wide>
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          size="xs"
          aria-label={t('settings.screen.outbox')}
          value={view}
          data={NAMES.map((name) => ({ value: name, label: t(`channels.outbox.${name}`) }))}
          onChange={(to) => onState(to === 'all' ? undefined : to)}
        />
      </div>
      <Loaded found={found} bones={5}>
        {({ pages }) => {
          const messages = pages.flatMap((page) => page.items)
          if (messages.length === 0) return <EmptyState text={t(view === 'all' ? 'channels.outbox.empty' : 'channels.outbox.emptyOf')} />
          return (
            <Rows label={t('settings.screen.outbox')}>
              {messages.map((message) => (
                <OutboxRow
                  key={message.id}
                  message={message}
                  onRetry={
                    maySend
                      ? async (anyway) => {
                          await retryMessage(message.id, anyway, newId())
                          await client.invalidateQueries({ queryKey: ['conversations'] })
                        }
                      : undefined
                  }
                />
              ))}
            </Rows>
          )
        }}
      </Loaded>
      <Older pages={found} />
    </Screen>
  )
}
