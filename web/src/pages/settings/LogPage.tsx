import { Button, SegmentedControl, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getConnections, getSubmissions, retryAll, SUBMISSION_STATES, type SubmissionPage, type SubmissionState } from '@/api/capture'
import { useRight } from '@/api/me'
import { mayRetry } from '@/features/capture/states'
import { SubmissionRows } from '@/features/capture/SubmissionRows'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Older } from '@/ui/Older'
import { Buttons, Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

type Search = { state?: string | undefined; channel?: string | undefined }
type Props = { search: Search; onSearch: (change: Search) => void }

/** The integration log: nothing that came in is ever lost, and here is what became of it. */
export default function LogPage({ search, onSearch }: Props) {
  const { t, i18n } = useTranslation()
  const state = SUBMISSION_STATES.find((one) => one === search.state)
  const found = useInfiniteQuery({
    queryKey: ['capture', 'log', state, search.channel],
    queryFn: ({ pageParam, signal }) => getSubmissions({ state, channel: search.channel, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: SubmissionPage) => page.next_cursor ?? undefined,
    meta: { keep: false },
  })
  const counts = found.data?.pages[0]?.counts
  const number = new Intl.NumberFormat(i18n.language)
  const counted = (one: SubmissionState) => (counts?.[one] ? ` ${number.format(counts[one])}` : '')
  return (
    <Screen title={t('settings.screen.log')} intro={t('channels.log.intro')} wide>
      <div style={{ display: 'grid', gap: 8 }}>
        <div style={{ overflowX: 'auto' }}>
          <SegmentedControl
            size="xs"
            aria-label={t('settings.screen.log')}
            value={state ?? 'all'}
            data={[{ value: 'all', label: t('channels.log.all') }, ...SUBMISSION_STATES.map((one) => ({ value: one, label: t(`channels.log.state.${one}`) + counted(one) }))]}
            onChange={(to) => onSearch({ state: to === 'all' ? undefined : to })}
          />
        </div>
        <ChannelFilter channel={search.channel} onChannel={(channel) => onSearch({ channel })} />
      </div>
      {state !== undefined && <Note>{t(`channels.log.hint.${state}`)}</Note>}
      {state !== undefined && mayRetry(state) && (counts?.[state] ?? 0) > 0 && <RetryAll state={state} />}
      <Loaded found={found} bones={6}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items)
          if (rows.length === 0) return <EmptyState text={t(state === undefined && search.channel === undefined ? 'channels.log.empty' : 'channels.log.emptyOf')} />
          return <SubmissionRows submissions={rows} />
        }}
      </Loaded>
      <Older pages={found} />
    </Screen>
  )
}

function ChannelFilter({ channel, onChannel }: { channel: string | undefined; onChannel: (channel: string | undefined) => void }) {
  const { t } = useTranslation()
  const connections = useQuery({ queryKey: ['capture', 'connections'], queryFn: getConnections, meta: { keep: false } })
  const channels = [...new Set(['api', 'manual', ...(connections.data ?? []).map((one) => one.channel), ...(channel === undefined ? [] : [channel])])]
  return (
    <Select
      data-filter
      w={200}
      clearable
      aria-label={t('channels.log.channel')}
      placeholder={t('channels.log.channel')}
      data={channels.map((value) => ({ value, label: t(`channels.connections.channel.${value}` as 'channels.connections.channel.sms', { defaultValue: value }) }))}
      value={channel ?? null}
      onChange={(value) => onChannel(value ?? undefined)}
    />
  )
}

function RetryAll({ state }: { state: SubmissionState }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const mayChange = useRight('capture:write')
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ tone: 'ok' | 'hot'; text: string }>()
  async function retry(): Promise<void> {
    setBusy(true)
    try {
      const { queued } = await retryAll(state, newId())
      setSaid({ tone: 'ok', text: t('channels.log.queued', { count: queued }) })
      await client.invalidateQueries({ queryKey: ['capture'] })
    } catch (error) {
      setSaid({ tone: 'hot', text: say(error) })
    }
    setBusy(false)
  }
  if (!mayChange) return null
  return (
    <>
      <Buttons>
        <Button loading={busy} onClick={() => void retry()}>
          {t('channels.log.retryAll')}
        </Button>
      </Buttons>
      {said && <Note tone={said.tone}>{said.text}</Note>}
    </>
  )
}
