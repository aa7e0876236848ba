import { ActionIcon, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { arranged, isHidden, toggled, type Layout, type TableColumn } from './columns'

type Props<Row> = { columns: readonly TableColumn<Row>[]; layout: Layout; onLayout: (change: Partial<Layout>) => void }

/** Shows, hides and orders the columns of a table. */
export function ColumnsMenu<Row>({ columns, layout, onLayout }: Props<Row>) {
  const { t } = useTranslation()
  const all = arranged(columns, layout, true)

  function step(index: number, by: number): void {
    const keys = all.map((column) => column.key)
    const [key] = keys.splice(index, 1)
    if (key !== undefined) keys.splice(index + by, 0, key)
    onLayout({ order: keys })
  }

  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" aria-label={t('ui.columns')} title={t('ui.columns')}>
          <IconColumns3 size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {all.map((column, index) => (
          <div key={column.key} style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
            <Checkbox style={{ flex: 1 }} size="xs" label={column.label} checked={!isHidden(column, layout)} disabled={index === 0} onChange={() => onLayout(toggled(columns, column, layout))} />
            <ActionIcon size="sm" disabled={index <= 1} aria-label={`${column.label} ↑`} onClick={() => step(index, -1)}>
              <IconArrowUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon size="sm" disabled={index === 0 || index === all.length - 1} aria-label={`${column.label} ↓`} onClick={() => step(index, 1)}>
              <IconArrowDown size={14} aria-hidden />
            </ActionIcon>
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
