import { expect, test } from 'vitest'
import { arranged, layoutOf, toggled, type Layout, type TableColumn } from './columns'

const column = (key: string, optional = false): TableColumn<string> => ({ key, label: key, width: 100, optional, cell: (row) => row })
const COLUMNS = [column('name'), column('score'), column('custom.roof', true)]
const EMPTY: Layout = { order: [], hidden: [], widths: {} }
const keys = (layout: Layout) => arranged(COLUMNS, layout).map(({ key }) => key)
const roof = column('custom.roof', true)

test('an own field is a column only for those who ask for it', () => {
  expect(keys(EMPTY)).toEqual(['name', 'score'])
  const asked = { ...EMPTY, ...toggled(COLUMNS, roof, EMPTY) }
  expect(keys(asked)).toEqual(['name', 'score', 'custom.roof'])
  expect(keys({ ...asked, ...toggled(COLUMNS, roof, asked) })).toEqual(['name', 'score'])
})

test('a column that was hidden comes back to its place', () => {
  const without = { ...EMPTY, ...toggled(COLUMNS, column('score'), EMPTY) }
  expect(keys(without)).toEqual(['name'])
  expect(keys({ ...without, ...toggled(COLUMNS, column('score'), without) })).toEqual(['name', 'score'])
})

test('a saved view shows its columns in its order and no others', () => {
  expect(keys({ ...EMPTY, ...layoutOf(COLUMNS, ['custom.roof', 'name']) })).toEqual(['custom.roof', 'name'])
})
