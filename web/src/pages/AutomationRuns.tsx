import { SegmentedControl } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { cancelRun, getRuns, pauseRun, retryRun, type Run, type RunPage, type RunState } from '@/api/automations'
import { useRight } from '@/api/me'
import { RunLog, type RunDeed } from '@/features/automation/RunLog'
import { newId } from '@/lib/uuid'
import { Loaded } from '@/ui/Loaded'
import { Older } from '@/ui/Older'
import { Note, Section } from '@/ui/Screen'

const STATES = ['all', 'running', 'waiting', 'done', 'failed', 'cancelled'] as const

const DEEDS: Record<RunDeed, (run: Run) => Promise<Run>> = {
  pause: ({ id }) => pauseRun(id, true, newId()),
  resume: ({ id }) => pauseRun(id, false, newId()),
  end: ({ id }) => cancelRun(id, newId()),
  retry: ({ id }) => retryRun(id, newId()),
}

type Props = { id: string; state: string | undefined; onState: (state: string | undefined) => void }

/** The run log of an automation, by state. */
export function AutomationRuns({ id, state, onState }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayChange = useRight('automations:write')
  const chosen = STATES.find((one) => one === state) ?? 'all'
  const wanted: RunState | undefined = chosen === 'all' ? undefined : chosen
  const found = useInfiniteQuery({
    queryKey: ['automations', 'runs', id, wanted],
    queryFn: ({ pageParam, signal }) => getRuns(id, wanted, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: RunPage) => page.next_cursor ?? undefined,
    meta: { keep: false },
  })
  return (
    <Section title={t('flow.automation.log')}>
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          size="xs"
          aria-label={t('flow.automation.log')}
          value={chosen}
          data={STATES.map((one) => ({ value: one, label: one === 'all' ? t('flow.automation.allRuns') : t(`flow.automation.state.${one}`) }))}
          onChange={(to) => onState(to === 'all' ? undefined : to)}
        />
      </div>
      <Loaded found={found} bones={3}>
        {({ pages }) => {
          const runs = pages.flatMap((page) => page.items)
          if (runs.length === 0) return <Note>{t(wanted === undefined ? 'flow.automation.noRuns' : 'flow.automation.noRunsOf')}</Note>
          return (
            <RunLog
              runs={runs}
              mayChange={mayChange}
              onDo={async (run, deed) => {
                await DEEDS[deed](run)
                await client.invalidateQueries({ queryKey: ['automations'] })
              }}
            />
          )
        }}
      </Loaded>
      <Older pages={found} />
    </Section>
  )
}
