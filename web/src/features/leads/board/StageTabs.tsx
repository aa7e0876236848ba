import { useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '@/api/shapes'
import styles from './Board.module.css'
import { useColumnMoney } from './columnMoney'
import type { PaintedColumn } from './paint'

type Props = { board: Board; scroller: RefObject<HTMLDivElement | null> }

/** On a phone one stage fills the screen; these choose it. */
export function StageTabs({ board, scroller }: Props) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(board.columns[0]?.stage.id)
  function choose(stage: string): void {
    setShown(stage)
    scroller.current?.querySelector(`[data-stage="${stage}"]`)?.scrollIntoView({ inline: 'start', block: 'nearest' })
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label={t('leads.board.title')}>
      {board.columns.map((column) => (
        <StageTab key={column.stage.id} column={column} currency={board.currency} shown={shown === column.stage.id} onChoose={choose} />
      ))}
    </div>
  )
}

function StageTab({ column, currency, shown, onChoose }: { column: PaintedColumn; currency: string; shown: boolean; onChoose: (stage: string) => void }) {
  const { total, hover } = useColumnMoney(column, currency, 'short')
  return (
    <button type="button" role="tab" className={styles.tab} aria-selected={shown} title={hover} onClick={() => onChoose(column.stage.id)}>
      <bdi>{column.stage.name}</bdi>
      <small>
        {column.count}
        {total !== '' && ` · ${total}`}
      </small>
    </button>
  )
}
