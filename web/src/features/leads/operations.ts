import type { InfiniteData, QueryKey } from '@tanstack/react-query'
import { addLead, changeLead, moveLead, type MoveIn } from '@/api/leads'
import type { Board, Card, ColumnPage, LeadPage } from '@/api/shapes'
import { registerKind, type NewOperation, type Operation } from '@/offline/operation'
import { paintAdded, paintChange, paintColumn, paintMove, type BoardParams } from './board/paint'

function paintRows(page: LeadPage, operation: Operation): LeadPage {
  if (!page.items.some((row) => row.id === operation.subject.id)) return page
  return { ...page, items: page.items.map((row) => (row.id === operation.subject.id ? { ...row, ...operation.change } : row)) }
}

/** Keys: leads/board/params, leads/column/stage/params, leads/list/params, leads/one/id. */
function paint(key: QueryKey, data: unknown, operation: Operation): unknown {
  if (key[0] !== 'leads' || data === undefined) return data
  const moves = operation.kind === 'lead.move'
  if (key[1] === 'board') {
    const board = data as Board
    return moves ? paintMove(board, operation, (key[2] as BoardParams).sort) : paintChange(board, operation)
  }
  if (key[1] === 'column') return paintColumn(data as InfiniteData<ColumnPage>, String(key[2]), operation)
  if (key[1] === 'list') return paintRows(data as LeadPage, operation)
  if (key[1] === 'one' && key[2] === operation.subject.id) return { ...(data as object), ...operation.change }
  return data
}

const touches: QueryKey[] = [['leads']]

registerKind('lead.move', {
  send: (operation) => {
    const { stage_id, won, lost } = operation.change as MoveIn & Record<string, unknown>
    const body: MoveIn = { stage_id, version: operation.baseVersion ?? undefined }
    return moveLead(operation.subject.id, { ...body, ...(won && { won }), ...(lost && { lost }) }, operation.id)
  },
  paint,
  whole: true,
  touches,
})

registerKind('lead.change', {
  send: (operation) => changeLead(operation.subject.id, operation.change, operation.baseVersion, operation.id),
  paint,
  touches,
})

registerKind('lead.add', {
  send: (operation) => addLead({ id: operation.subject.id, ...operation.change }, operation.id),
  paint: (key, data, operation) => (key[1] === 'board' && key[0] === 'leads' ? paintAdded(data as Board, operation, (key[2] as BoardParams).sort) : data),
  touches: [['leads'], ['search']],
})

/** A card moved to another stage, with what closing it asks for. */
export function move(card: Card, to: string, closing: Pick<MoveIn, 'won' | 'lost'> = {}): NewOperation {
  return {
    kind: 'lead.move',
    subject: { id: card.id, title: card.name },
    seen: { stage_id: card.stage_id },
    record: card,
    change: { stage_id: to, ...closing },
    baseVersion: card.version,
  }
}

/** Fields of a lead changed in place. */
export function change(lead: Pick<Card, 'id' | 'name' | 'version'> & Record<string, unknown>, fields: Record<string, unknown>): NewOperation {
  return {
    kind: 'lead.change',
    subject: { id: lead.id, title: lead.name },
    seen: Object.fromEntries(Object.keys(fields).map((field) => [field, lead[field]])),
    change: fields,
    baseVersion: lead.version,
  }
}
