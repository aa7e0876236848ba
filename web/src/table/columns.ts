import { useState } from 'react'
import type { ReactNode } from 'react'

export type TableColumn<Row> = {
  key: string
  label: string
  width: number
  /** Numbers and money stand at the end. */
  end?: boolean
  /** The server's word for this order; no word, no sorting. */
  sort?: string
  /** Seen only by people who have asked for it. */
  optional?: boolean
  cell: (row: Row) => ReactNode
}

export type Layout = { order: string[]; hidden: string[]; widths: Record<string, number> }

const EMPTY: Layout = { order: [], hidden: [], widths: {} }

/** Which columns a person sees, in which order and how wide; kept on the device under one name. */
export function useLayout(name: string, standard: Partial<Layout> = {}): [Layout, (change: Partial<Layout>) => void] {
  const key = `leadline.table.${name}`
  const [layout, setLayout] = useState<Layout>(() => {
    try {
      return { ...EMPTY, ...standard, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Layout>) }
    } catch {
      return { ...EMPTY, ...standard }
    }
  })
  return [
    layout,
    (change) => {
      const next = { ...layout, ...change }
      localStorage.setItem(key, JSON.stringify(next))
      setLayout(next)
    },
  ]
}

/** Whether a person does not see a column. */
export function isHidden<Row>({ key, optional = false }: TableColumn<Row>, layout: Layout): boolean {
  return layout.hidden.includes(key) || (optional && !layout.order.includes(key))
}

/** The layout with a column shown or hidden. */
export function toggled<Row>(columns: readonly TableColumn<Row>[], column: TableColumn<Row>, layout: Layout): Partial<Layout> {
  if (!isHidden(column, layout)) return { hidden: [...layout.hidden, column.key] }
  const order = layout.order.length > 0 ? layout.order : columns.filter((one) => !one.optional).map(({ key }) => key)
  return { hidden: layout.hidden.filter((one) => one !== column.key), order: order.includes(column.key) ? order : [...order, column.key] }
}

/** The layout that shows these columns in this order and no others. */
export function layoutOf<Row>(columns: readonly TableColumn<Row>[], keys: readonly string[]): Partial<Layout> {
  return { order: [...keys], hidden: columns.map(({ key }) => key).filter((key) => !keys.includes(key)) }
}

/** The columns as this person arranged them; columns the person never saw come last. */
export function arranged<Row>(columns: readonly TableColumn<Row>[], layout: Layout, withHidden = false): TableColumn<Row>[] {
  const place = (column: TableColumn<Row>, index: number) => {
    const at = layout.order.indexOf(column.key)
    return at < 0 ? layout.order.length + index : at
  }
  const placed = columns.map((column, index) => ({ column, at: place(column, index) }))
  const sorted = placed.toSorted((one, other) => one.at - other.at).map(({ column }) => column)
  return withHidden ? sorted : sorted.filter((column) => !isHidden(column, layout))
}
