import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { getFields, type Field } from '@/api/filters'
import { getLead } from '@/api/leads'
import type { Card, Stage } from '@/api/shapes'
import { useOutbox } from '@/offline/session'
import { described } from '@/records/described'
import { useTranslation } from 'react-i18next'
import { move } from '../operations'
import type { Closing } from './CloseDialog'
import { asFields, missing } from './required'

const CloseDialog = lazy(() => import('./CloseDialog').then((part) => ({ default: part.CloseDialog })))
const RequiredDialog = lazy(() => import('./RequiredDialog').then((part) => ({ default: part.RequiredDialog })))

type Moved = Pick<Card, 'id' | 'name' | 'version' | 'stage_id' | 'value_minor' | 'currency'>
type Going = { card: Moved; stage: Stage; fields?: Record<string, unknown> }

/** Moving a lead, with the questions on its way: what the stage asks for, and how it ended. */
export function useMoving(): { onMove: (card: Moved, stage: Stage) => void; dialogs: ReactNode } {
  const outbox = useOutbox()
  const client = useQueryClient()
  const { t } = useTranslation()
  const [asking, setAsking] = useState<(Going & { asked: Field[] }) | null>(null)
  const [closing, setClosing] = useState<Going | null>(null)

  function go(going: Going): void {
    if (going.stage.kind !== 'open') setClosing(going)
    else void outbox.add(move(going.card, going.stage.id, going.fields && { fields: going.fields }))
  }
  async function ask(going: Going): Promise<void> {
    const { card, stage } = going
    const [lead, fields] = await Promise.all([
      client.fetchQuery({ queryKey: ['leads', 'one', card.id], queryFn: () => getLead(card.id) }),
      client.fetchQuery({ queryKey: ['fields', 'lead'], queryFn: () => getFields('lead'), staleTime: 10 * 60_000 }),
    ])
    const asked = missing(lead, stage.required_fields, described(fields, t))
    // How much a won lead brought is asked by the next question.
    const open = stage.kind === 'won' ? asked.filter(({ key }) => key !== 'value_minor') : asked
    if (open.length > 0) setAsking({ ...going, asked: open })
    else go(going)
  }
  function onMove(card: Moved, stage: Stage): void {
    // Without a network the server says later what is missing.
    if (stage.required_fields.length > 0) void ask({ card, stage }).catch(() => go({ card, stage }))
    else go({ card, stage })
  }
  function onFill(values: Record<string, unknown>): void {
    if (asking) go({ card: asking.card, stage: asking.stage, fields: asFields(values) })
    setAsking(null)
  }
  function onConfirm(closed: Closing): void {
    if (closing) void outbox.add(move(closing.card, closing.stage.id, { ...closed, ...(closing.fields && { fields: closing.fields }) }))
    setClosing(null)
  }
  const dialogs = (
    <Suspense>
      {asking && <RequiredDialog stage={asking.stage.name} fields={asking.asked} currency={asking.card.currency} onFill={onFill} onClose={() => setAsking(null)} />}
      {closing && <CloseDialog card={closing.card} stage={closing.stage} onClose={() => setClosing(null)} onConfirm={onConfirm} />}
    </Suspense>
  )
  return { onMove, dialogs }
}
