import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { BoardQuery } from '@/api/leads'
import type { Board, Card, Stage } from '@/api/shapes'
import { scrolledByDrag } from '@/dnd/drag'
import { useLift } from '@/dnd/useLift'
import { useAppearance } from '@/lib/appearance'
import styles from './Board.module.css'
import { BoardColumn, type ColumnHandle } from './BoardColumn'
import { MoveMenu } from './MoveMenu'
import type { BoardParams } from './paint'
import { StageTabs } from './StageTabs'

type Props = {
  board: Board
  params: BoardParams
  query: BoardQuery
  sources: ReadonlyMap<string, string>
  mayMove: boolean
  onMove: (card: Card, to: Stage) => void
  onOpen: (card: Card) => void
}

const CARD_HEIGHT = { compact: 84, comfortable: 96 }

/** All stages side by side; cards move by mouse, keyboard and menu. */
export function BoardView({ board, params, query, sources, mayMove, onMove, onOpen }: Props) {
  const { density } = useAppearance()
  const columns = useRef(new Map<string, ColumnHandle>())
  const scroller = useRef<HTMLDivElement | null>(null)
  const [focusable, setFocusable] = useState(0)
  const [menu, setMenu] = useState<{ card: Card; button: HTMLElement } | null>(null)
  const stages = useMemo(() => board.columns.map((column) => column.stage), [board.columns])

  const register = useCallback((stage: string, handle: ColumnHandle | null) => {
    if (handle) columns.current.set(stage, handle)
    else columns.current.delete(stage)
  }, [])
  const latest = useRef({ onMove, stages, mayMove })
  useEffect(() => {
    latest.current = { onMove, stages, mayMove }
  })
  const moveTo = useCallback((id: string, stage: string) => {
    const card = [...columns.current.values()].flatMap((column) => column.cards).find((one) => one.id === id)
    const to = latest.current.stages.find((one) => one.id === stage)
    if (card && to && latest.current.mayMove && card.stage_id !== stage) latest.current.onMove(card, to)
  }, [])
  const openMenu = useCallback((card: Card, button: HTMLElement) => setMenu({ card, button }), [])
  const lift = useLift({ places: stages, onDrop: (id, to) => moveTo(id, to.id) })

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const target = (event.target as HTMLElement).closest<HTMLElement>('a[data-index]')
    const stage = target?.closest<HTMLElement>('[data-stage]')?.dataset.stage
    if (!target || stage === undefined) return
    const index = Number(target.dataset.index)
    const card = columns.current.get(stage)?.cards[index]
    if (!card) return
    if (mayMove && lift.onKey(event, { id: card.id, name: card.name, place: stage })) return
    const at = stages.findIndex((one) => one.id === stage)
    const step = arrowStep(event.key)
    if (!step) {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault()
        onOpen(card)
      }
      return
    }
    event.preventDefault()
    const column = stages[at + step.columns]
    const handle = column && columns.current.get(column.id)
    const goal = Math.min(index + step.cards, (handle?.count ?? 0) - 1)
    if (!handle || goal < 0) return
    setFocusable(goal)
    handle.focus(goal)
  }

  const attach = useCallback((element: HTMLDivElement) => {
    scroller.current = element
    return scrolledByDrag(element)
  }, [])

  return (
    <>
      <StageTabs board={board} scroller={scroller} onDrop={moveTo} />
      <div
        ref={attach}
        className={styles.board}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const link = (event.target as HTMLElement).closest<HTMLElement>('a[data-index]')
          if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          const stage = link.closest<HTMLElement>('[data-stage]')?.dataset.stage ?? ''
          const card = columns.current.get(stage)?.cards[Number(link.dataset.index)]
          if (card) onOpen(card)
        }}
        role="presentation"
      >
        {board.columns.map((column, index) => (
          <BoardColumn
            key={column.stage.id}
            column={column}
            currency={board.currency}
            params={params}
            query={query}
            cardHeight={CARD_HEIGHT[density]}
            sources={sources}
            lifted={lift.lifted?.id ?? null}
            liftOver={lift.lifted?.over === index}
            focusable={focusable}
            register={register}
            onDrop={moveTo}
            onMenu={openMenu}
          />
        ))}
      </div>
      {menu && <MoveMenu card={menu.card} button={menu.button} stages={stages} mayMove={mayMove} onMove={moveTo} onOpen={onOpen} onClose={() => setMenu(null)} />}
    </>
  )
}

function arrowStep(key: string): { columns: number; cards: number } | null {
  const forwards = document.documentElement.dir === 'rtl' ? -1 : 1
  if (key === 'ArrowDown' || key === 'j') return { columns: 0, cards: 1 }
  if (key === 'ArrowUp' || key === 'k') return { columns: 0, cards: -1 }
  if (key === 'ArrowRight') return { columns: forwards, cards: 0 }
  if (key === 'ArrowLeft') return { columns: -forwards, cards: 0 }
  return null
}
