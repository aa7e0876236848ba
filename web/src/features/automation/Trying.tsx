import { Button, Progress, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { search } from '@/api/leads'
import { getDryRun, startDryRun, testOn, type DryRun, type Tried } from '@/api/trying'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { type Pick, RecordPicker } from '@/ui/RecordPicker'
import { Rows } from '@/ui/Rows'
import { Buttons, Note, Section } from '@/ui/Screen'
import { TriedRun } from './TriedRun'

const DAYS = [1, 7, 30, 90] as const
const LOOK_AGAIN = 700

/** What the automation would have done in the last days, and what it would do for one lead; nothing is sent. */
export function Trying({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const [days, setDays] = useState('7')
  const [wrong, setWrong] = useState<string>()
  const key = ['automations', 'dry-run', id]
  const { data: run } = useQuery({ queryKey: key, queryFn: () => getDryRun(id), refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_AGAIN : false), meta: { keep: false } })
  async function begin(): Promise<void> {
    setWrong(undefined)
    try {
      client.setQueryData(key, await startDryRun(id, Number(days), newId()))
    } catch (error) {
      setWrong(say(error))
    }
  }
  return (
    <Section title={t('flow.automation.try.title')} intro={t('flow.automation.try.intro')}>
      <Select label={t('flow.automation.try.days')} allowDeselect={false} data={DAYS.map((count) => ({ value: String(count), label: t('flow.automation.try.lastDays', { count }) }))} value={days} onChange={(value) => value !== null && setDays(value)} />
      <Buttons>
        <Button loading={run?.state === 'running'} onClick={() => void begin()}>
          {t('flow.automation.try.dryRun')}
        </Button>
      </Buttons>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {run && <Found run={run} />}
      <OneLead id={id} />
    </Section>
  )
}

function Found({ run }: { run: DryRun }) {
  const { t } = useTranslation()
  if (run.state === 'running') return <Progress aria-label={t('flow.automation.try.dryRun')} value={run.total ? (100 * run.done) / run.total : 5} />
  if (run.state === 'failed') return <Note tone="hot">{t('flow.automation.try.failed')}</Note>
  return (
    <div role="status">
      <Note tone="ok">
        {t('flow.automation.try.started', { count: run.started })} · {t('flow.automation.try.heldBack', { count: run.held_back })}
        {run.since !== null && (
          <>
            {' · '}
            {t('flow.automation.try.since')} <When at={run.since} />
          </>
        )}
      </Note>
      {run.failed.map(({ condition, count }) => (
        <Note key={condition}>
          <bdi>{condition}</bdi>: {t('flow.automation.try.notHeldFor', { count })}
        </Note>
      ))}
      <Rows label={t('flow.automation.try.dryRun')}>
        {run.runs.slice(0, 20).map((one) => (
          <TriedRun key={`${one.subject.id}-${one.at}`} run={one} />
        ))}
      </Rows>
    </div>
  )
}

function OneLead({ id }: { id: string }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState<Pick | null>(null)
  const [tried, setTried] = useState<Tried>()
  const [wrong, setWrong] = useState<string>()
  const found = useQuery({ queryKey: ['search', words], queryFn: ({ signal }) => search(words, signal), enabled: words.trim().length > 1, meta: { keep: false } })
  const leads = (found.data?.items ?? []).filter((one) => one.object === 'lead').map(({ id: leadId, title }) => ({ id: leadId, title }))
  async function pick(lead: Pick | null): Promise<void> {
    setPicked(lead)
    setTried(undefined)
    setWrong(undefined)
    if (lead === null) return
    try {
      setTried(await testOn(id, lead.id, newId()))
    } catch (error) {
      setWrong(say(error))
    }
  }
  return (
    <>
      <RecordPicker label={t('flow.automation.try.onLead')} picked={picked} found={leads} searching={found.isFetching} onSearch={setWords} onPick={(lead) => void pick(lead)} />
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {tried && (
        <Rows label={t('flow.automation.try.onLead')}>
          <TriedRun run={tried} />
        </Rows>
      )}
    </>
  )
}
