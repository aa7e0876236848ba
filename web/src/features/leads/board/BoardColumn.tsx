import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getColumn, type BoardQuery } from '@/api/leads'
import type { Card, Column, ColumnPage } from '@/api/shapes'
import { dropped, scrolledByDrag } from '@/dnd/drag'
import { usePainted } from '@/offline/session'
import styles from './Board.module.css'
import { LeadCard } from './LeadCard'
import { useColumnMoney } from './columnMoney'
import type { BoardParams, PaintedColumn } from './paint'

const GAP = 8
/** How many cards before the end the next page is asked for. */
const AHEAD = 15

export type ColumnHandle = { focus: (index: number) => void; count: number; cards: readonly Card[] }

type Props = {
  column: PaintedColumn
  /** What money of several currencies is converted into. */
  currency: string
  params: BoardParams
  query: BoardQuery
  cardHeight: number
  sources: ReadonlyMap<string, string>
  lifted: string | null
  liftOver: boolean
  focusable: number
  register: (stage: string, handle: ColumnHandle | null) => void
  onDrop: (leadId: string, stage: string) => void
  onMenu: (card: Card, button: HTMLElement) => void
}

/** The cards of a column beyond the board's first page; asked for only once somebody scrolls there. */
function useFurtherCards(column: Column, params: BoardParams, query: BoardQuery, wanted: boolean) {
  const stage = column.stage.id
  const key = ['leads', 'column', stage, params]
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => getColumn(stage, query, pageParam, signal),
    initialPageParam: column.next_cursor ?? '',
    getNextPageParam: (page) => page.next_cursor,
    enabled: wanted && column.next_cursor !== null,
  })
  const painted = usePainted<InfiniteData<ColumnPage> | undefined>(key, pages.data)
  const cards = useMemo(() => {
    const known = new Set(column.cards.map((card) => card.id))
    const further = (painted?.pages ?? []).flatMap((page) => page.cards).filter((card) => !known.has(card.id))
    return further.length === 0 ? column.cards : [...column.cards, ...further]
  }, [column.cards, painted])
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const more = useCallback(() => void (hasNextPage && !isFetching && fetchNextPage()), [hasNextPage, isFetching, fetchNextPage])
  return { cards, more }
}

/** One stage of the board: its name, its value, its leads; a drop target. */
export const BoardColumn = memo(function BoardColumn(props: Props) {
  const { column, currency, params, query, cardHeight, sources, lifted, liftOver, focusable, register, onDrop, onMenu } = props
  const { t } = useTranslation()
  const stage = column.stage.id
  const list = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState(false)
  const { cards, more } = useFurtherCards(column, params, query, wanted)
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => list.current,
    estimateSize: () => cardHeight + GAP,
    getItemKey: (index) => cards[index]?.id ?? index,
    overscan: 2,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useEffect(() => virtual.measure(), [cardHeight, virtual])
  const near = last >= cards.length - AHEAD && cards.length < column.count && column.next_cursor !== null
  useEffect(() => {
    if (!near) return
    if (wanted) more()
    else setWanted(true)
  }, [near, wanted, more])

  const focus = useCallback(
    (index: number) => {
      virtual.scrollToIndex(index)
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus())
    },
    [virtual],
  )
  useEffect(() => {
    register(stage, { focus, count: cards.length, cards })
    return () => register(stage, null)
  }, [register, stage, focus, cards])

  const dropHere = useMemo(() => dropped('lead', (id) => onDrop(id, stage)), [onDrop, stage])
  const scroller = useCallback((element: HTMLDivElement) => {
    list.current = element
    const stop = scrolledByDrag(element)
    return () => {
      stop()
      list.current = null
    }
  }, [])

  return (
    <section ref={dropHere} className={styles.column} aria-label={column.stage.name} data-stage={stage} data-lift-over={liftOver ? '' : undefined}>
      <ColumnHead column={column} currency={currency} />
      <div ref={scroller} className={styles.list} tabIndex={-1}>
        {cards.length === 0 && <p className={styles.none}>{t('leads.board.empty')}</p>}
        {cards.length > 0 && (
          <ul className={styles.track} style={{ blockSize: virtual.getTotalSize() }}>
            {items.map((item) => {
              const card = cards[item.index]
              return (
                card && (
                  <LeadCard
                    key={card.id}
                    card={card}
                    source={sources.get(card.source) ?? card.source}
                    index={item.index}
                    top={item.start}
                    count={column.count}
                    reachable={item.index === Math.min(focusable, cards.length - 1)}
                    lifted={lifted === card.id}
                    onMenu={onMenu}
                  />
                )
              )
            })}
          </ul>
        )}
      </div>
    </section>
  )
})

function ColumnHead({ column, currency }: { column: PaintedColumn; currency: string }) {
  const { t } = useTranslation()
  const { stage } = column
  const { total, converted, hover } = useColumnMoney(column, currency)
  return (
    <header className={styles.head}>
      <span className={styles.dot} style={{ background: stage.colour }} aria-hidden />
      <h2 className={styles.name} title={stage.name}>
        <bdi>{stage.name}</bdi>
      </h2>
      <span className={styles.total} title={hover} data-total data-converted={converted || undefined} data-recounting={column.recounting || undefined}>
        {total}
        {converted && <span className="hidden-visually">{` ${hover}`}</span>}
      </span>
      <span className={styles.meta}>
        <span data-count>{t('leads.board.count', { count: column.count })}</span>
        {column.count > 0 && ` · ${t('leads.board.averageDays', { count: Math.round(column.average_days) })}`}
      </span>
    </header>
  )
}
