import { ActionIcon, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { arranged, type Layout, type TableColumn } from './columns'

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
  function toggle(key: string): void {
    const hidden = layout.hidden.includes(key) ? layout.hidden.filter((one) => one !== key) : [...layout.hidden, key]
    onLayout({ hidden })
  }

  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" aria-label={t('ui.columns')} title={t('ui.columns')}>
          <IconColumns3 size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        {all.map((column, index) => (
          <div key={column.key} style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
            <Checkbox style={{ flex: 1 }} size="xs" label={column.label} checked={!layout.hidden.includes(column.key)} disabled={index === 0} onChange={() => toggle(column.key)} />
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
