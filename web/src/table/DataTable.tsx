import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Layout, TableColumn } from './columns'
import styles from './DataTable.module.css'

type Record = { id: string }

type Props<Row extends Record> = {
  label: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  layout: Layout
  onLayout: (change: Partial<Layout>) => void
  sort: string | undefined
  onSort: (sort: string | undefined) => void
  selected?: ReadonlySet<string>
  /** Without it there is nothing to do with several rows, and none can be chosen. */
  onSelect?: (ids: ReadonlySet<string>) => void
  hrefOf: (row: Row) => string
  nameOf: (row: Row) => string
  onOpen: (row: Row) => void
  onPeek?: (row: Row) => void
  children?: ReactNode
}

const NARROWEST = 60
const CHECK = 42
const NONE: ReadonlySet<string> = new Set()

/** A table of plain cells: sticky head and first column, sorting, widths, selecting, J/K/arrows to walk. */
export function DataTable<Row extends Record>(props: Props<Row>) {
  const { label, columns, rows, layout, selected = NONE, onSelect, hrefOf, nameOf, onOpen, onPeek } = props
  const { t } = useTranslation()
  const body = useRef<HTMLTableSectionElement>(null)
  const widthOf = (column: TableColumn<Row>) => layout.widths[column.key] ?? column.width
  // Only a table that says how wide it is cuts what is too long for a column.
  const wide = columns.reduce((sum, column) => sum + widthOf(column), onSelect ? CHECK : 0)
  const all = rows.length > 0 && rows.every((row) => selected.has(row.id))

  function toggle(id: string): void {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect?.(next)
  }
  function onKeyDown(event: KeyboardEvent, row: Row, index: number): void {
    const step = event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      body.current?.querySelectorAll<HTMLElement>(`a[data-row]`)[index + step]?.focus()
    } else if (event.key === ' ' && onPeek) {
      event.preventDefault()
      onPeek(row)
    } else if (event.key === 'x' && onSelect) toggle(row.id)
  }

  return (
    <div className={styles.scroller}>
      <table className={styles.table} style={{ inlineSize: wide }} aria-label={label} data-plain={onSelect === undefined || undefined}>
        <colgroup>
          {onSelect && <col style={{ width: CHECK }} />}
          {columns.map((column) => (
            <col key={column.key} style={{ width: widthOf(column) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {onSelect && (
              <th className={styles.check}>
                <input type="checkbox" aria-label={t('ui.selectAll')} checked={all} onChange={() => onSelect(all ? new Set() : new Set(rows.map((row) => row.id)))} />
              </th>
            )}
            {columns.map((column, index) => (
              <HeadCell key={column.key} {...props} column={column} width={widthOf(column)} first={index === 0} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <tr
              key={row.id}
              aria-selected={selected.has(row.id)}
              onClick={(event) => {
                if ((event.target as Element).closest('input, a[href^="tel"], button') || event.metaKey || event.ctrlKey) return
                event.preventDefault()
                onOpen(row)
              }}
            >
              {onSelect && (
                <td className={styles.check}>
                  <input type="checkbox" aria-label={t('ui.selectRow', { name: nameOf(row) })} checked={selected.has(row.id)} onChange={() => toggle(row.id)} />
                </td>
              )}
              {columns.map((column, at) => (
                <td key={column.key} className={at === 0 ? styles.first : column.end ? styles.end : undefined}>
                  {at === 0 ? (
                    <a className={styles.name} href={hrefOf(row)} data-row={row.id} onKeyDown={(event) => onKeyDown(event, row, index)}>
                      {column.cell(row)}
                    </a>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {props.children}
    </div>
  )
}

type HeadProps<Row extends Record> = Props<Row> & { column: TableColumn<Row>; width: number; first: boolean }

function HeadCell<Row extends Record>({ column, width, first, sort, onSort, layout, onLayout }: HeadProps<Row>) {
  const { t } = useTranslation()
  const down = sort === `-${column.sort}`
  const on = column.sort !== undefined && (sort === column.sort || down)
  const Arrow = down ? IconArrowDown : IconArrowUp
  const resize = (to: number) => onLayout({ widths: { ...layout.widths, [column.key]: Math.max(to, NARROWEST) } })

  function onPointerDown(event: PointerEvent<HTMLButtonElement>): void {
    const start = event.clientX
    const sign = document.documentElement.dir === 'rtl' ? -1 : 1
    const grip: HTMLElement = event.currentTarget
    const over = new AbortController()
    grip.setPointerCapture(event.pointerId)
    const onMove = (moved: globalThis.PointerEvent) => resize(width + sign * (moved.clientX - start))
    grip.addEventListener('pointermove', onMove, { signal: over.signal })
    grip.addEventListener('pointerup', () => over.abort(), { signal: over.signal })
  }

  return (
    <th className={first ? styles.first : column.end ? styles.end : undefined} aria-sort={on ? (down ? 'descending' : 'ascending') : undefined}>
      {column.sort === undefined ? (
        column.label
      ) : (
        <button type="button" className={styles.sort} title={t('ui.sortBy', { label: column.label })} onClick={() => onSort(!on ? column.sort : down ? undefined : `-${column.sort}`)}>
          {column.label}
          {on && <Arrow size={13} aria-hidden />}
        </button>
      )}
      <button
        type="button"
        className={styles.grip}
        aria-label={t('ui.resize', { label: column.label })}
        onPointerDown={onPointerDown}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') resize(width + 10)
          if (event.key === 'ArrowLeft') resize(width - 10)
        }}
      />
    </th>
  )
}
