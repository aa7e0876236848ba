import { useMemo, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '@/api/shapes'
import { dropped } from '@/dnd/drag'
import styles from './Board.module.css'
import { useColumnMoney } from './columnMoney'
import type { PaintedColumn } from './paint'

type OnDrop = (id: string, to: string) => void
type Props = { board: Board; scroller: RefObject<HTMLDivElement | null>; onDrop: OnDrop }
type TabProps = { column: PaintedColumn; currency: string; shown: boolean; onChoose: (stage: string) => void; onDrop: OnDrop }

/** On a phone one stage fills the screen; these choose it, and take what is dropped on them. */
export function StageTabs({ board, scroller, onDrop }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(board.columns[0]?.stage.id)
  function choose(stage: string): void {
    setShown(stage)
    scroller.current?.querySelector(`[data-stage="${stage}"]`)?.scrollIntoView({ inline: 'start', block: 'nearest' })
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label={t('leads.board.title')}>
      {board.columns.map((column) => (
        <StageTab
          key={column.stage.id}
          column={column}
          currency={board.currency}
          shown={shown === column.stage.id}
          onChoose={choose}
          onDrop={onDrop}
        />
      ))}
    </div>
  )
}

function StageTab({ column, currency, shown, onChoose, onDrop }: TabProps) {
  const { total, hover } = useColumnMoney(column, currency, 'short')
  const stage = column.stage.id
  const dropHere = useMemo(() => dropped('lead', (id) => onDrop(id, stage)), [onDrop, stage])
  return (
    <button ref={dropHere} type="button" role="tab" className={styles.tab} aria-selected={shown} title={hover} onClick={() => onChoose(stage)}>
      <bdi>{column.stage.name}</bdi>
      <small>
        {column.count}
        {total !== '' && ` · ${total}`}
      </small>
    </button>
  )
}
