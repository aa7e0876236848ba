import { Button, Modal } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { useConversion } from '@/features/customers/useConversion'
import type { Lead } from '@/api/shapes'
import { useMoving } from '@/features/leads/board/useMoving'
import { useMembers, usePipelines, useSources } from '@/features/leads/lists'
import { assign, band, change, loggedCall, loggedMeeting, message, note, spam } from '@/features/leads/operations'
import { Composer, type Mode } from '@/features/leads/page/Composer'
import styles from '@/features/leads/page/Lead.module.css'
import { LeadDetails } from '@/features/leads/page/LeadDetails'
import { LeadHead, ReachButtons } from '@/features/leads/page/LeadHead'
import { LeadNext } from '@/features/leads/page/LeadNext'
import { LeadSkeleton } from '@/features/leads/page/LeadSkeleton'
import { Timeline, type TimelineFilter } from '@/features/leads/page/Timeline'
import { useComposers, useComposing } from '@/features/leads/page/useComposers'
import { useChannels, useLead, useRead, useScore, useTimeline } from '@/features/leads/page/useLead'
import { neighbour } from '@/features/leads/trail'
import { removeWithUndo } from '@/features/leads/undo'
import { Qualification } from '@/features/scoring/lead/Qualification'
import { ScoreHistory } from '@/features/scoring/lead/ScoreHistory'
import { TypeDates } from '@/features/scoring/lead/TypeDates'
import { ChanceLine } from '@/features/scoring/prediction/ChanceLine'
import { useKeys } from '@/lib/keys'
import { useOutbox } from '@/offline/session'
import { ErrorState } from '@/ui/states'

type Props = { id: string; onOpen: (id: string) => void; onFind: (name: string) => void; onBack: () => void; onLeave: () => void }
type Tab = 'timeline' | 'details' | 'nextTab'
const TABS: readonly Tab[] = ['timeline', 'details', 'nextTab']

/** One lead: its facts, its story, its next step. */
export function LeadPage({ id, onOpen, onFind, onBack, onLeave }: Props) {
  const { lead, isError, error, refetch } = useLead(id)
  const go = (step: 1 | -1) => {
    const next = neighbour(id, step)
    if (next !== undefined) onOpen(next)
  }
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    e: () => document.querySelector<HTMLElement>('[data-field-edit]:not(:disabled)')?.click(),
  })
  if (lead) return <LeadBody lead={lead} onFind={onFind} onBack={onBack} onLeave={onLeave} />
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <LeadSkeleton />
}

function LeadBody({ lead, onFind, onBack, onLeave }: { lead: Lead } & Pick<Props, 'onFind' | 'onBack' | 'onLeave'>) {
  const { t } = useTranslation()
  const { member } = useMe()
  const outbox = useOutbox()
  const members = useMembers()
  const sources = useSources()
  const score = useScore(lead.id)
  const [tab, setTab] = useState<Tab>('timeline')
  const [mode, setMode] = useState<Mode>('note')
  const [filter, setFilter] = useState<TimelineFilter>('all')
  const stages = usePipelines().flatMap((pipeline) => pipeline.stages)
  const { onMove, dialogs } = useMoving()
  const [deleting, setDeleting] = useState(false)
  const { entries, pending, older } = useTimeline(lead.id, filter)
  const channels = useChannels(lead.id, lead.can.send)
  const by = (key: string) => channels?.find((one) => one.channel === key)
  const author = { id: member.id, name: member.name }
  const others = useComposers(lead.id, lead.can.send)
  const composing = useComposing(lead.id)
  useRead(lead)
  const conversion = useConversion(lead, usePipelines())
  const lost = lead.stages.find(({ kind }) => kind === 'lost')
  const edit = (fields: Partial<Lead>) => void outbox.add(change(lead, fields))

  function onStage(stage: string): void {
    const to = lead.stages.find((one) => one.id === stage)
    if (!to) return
    const required_fields = stages.find((one) => one.id === stage)?.required_fields ?? []
    onMove(lead, { ...to, probability: 0, rots_after_days: null, position: 0, required_fields })
  }
  function write(as: Mode): void {
    setTab('timeline')
    setMode(as)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-composer]')?.focus())
  }
  function onDelete(): void {
    removeWithUndo(outbox, [lead], t)
    onLeave()
  }

  return (
    <>
      <LeadHead
        lead={lead}
        source={sources.find(({ key }) => key === lead.source)?.label ?? lead.source}
        threshold={score?.threshold}
        onBack={onBack}
        onStage={onStage}
        onWrite={() => write('message')}
        onFind={onFind}
        onSpam={() => void outbox.add(spam(lead))}
        onDelete={() => setDeleting(true)}
        convert={conversion.button}
        more={conversion.more}
      />
      <div className={styles.tabs} role="tablist">
        {TABS.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={tab === one} onClick={() => setTab(one)}>
            {t(`leads.page.${one}`)}
          </button>
        ))}
      </div>
      <div className={styles.columns}>
        <div className={styles.side} data-shown={tab === 'details'}>
          <LeadDetails
            lead={lead}
            members={members}
            sources={sources}
            qualification={<Qualification lead={lead} onChange={edit} onLost={lost && (() => onStage(lost.id))} />}
            types={<TypeDates lead={lead} />}
            onChange={edit}
          />
        </div>
        <div className={styles.middle} data-shown={tab === 'timeline'}>
          {lead.can.change && (
            <Composer
              lead={lead.id}
              mode={mode}
              onMode={setMode}
              channel={by('whatsapp')}
              mail={by('email')}
              maySend={lead.can.send}
              person={lead.contact_name.trim().split(/\s+/)[0] ?? ''}
              others={others}
              composing={composing}
              onNote={(text) => void outbox.add(note(lead, text, author))}
              onCall={(call) => void outbox.add(loggedCall(lead, call, author))}
              onMeeting={(meeting) => void outbox.add(loggedMeeting(lead, meeting, author))}
              onMessage={(writing, shown) => void outbox.add(message(lead, writing, shown, author))}
            />
          )}
          <Timeline entries={entries} pending={pending} filter={filter} onFilter={setFilter} onOlder={older} />
        </div>
        <div className={styles.side} data-shown={tab === 'nextTab'}>
          <LeadNext
            lead={lead}
            score={score}
            chance={<ChanceLine lead={lead.id} />}
            history={<ScoreHistory score={score} />}
            members={members}
            onChange={edit}
            onBand={(to, reason) => void outbox.add(band(lead, to, reason))}
            onAssign={(owner) => void outbox.add(assign(lead, owner))}
          />
        </div>
      </div>
      <div className={styles.sticky}>
        <ReachButtons lead={lead} onWrite={() => write('message')} />
        {lead.can.change && (
          <Button leftSection={<IconNote size={16} aria-hidden />} onClick={() => write('note')}>
            {t('leads.composer.note')}
          </Button>
        )}
      </div>
      {dialogs}
      {conversion.dialog}
      <DeleteDialog name={lead.name} opened={deleting} onClose={() => setDeleting(false)} onConfirm={onDelete} />
    </>
  )
}

function DeleteDialog({ name, opened, onClose, onConfirm }: { name: string; opened: boolean; onClose: () => void; onConfirm: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('leads.page.delete')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <p>
        <bdi>{t('leads.page.deleteSure', { name })}</bdi>
      </p>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button color="red" variant="filled" onClick={onConfirm}>
          {t('leads.page.delete')}
        </Button>
      </div>
    </Modal>
  )
}
