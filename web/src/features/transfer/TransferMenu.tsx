import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import { addExport, type NewExport } from '@/api/transfer'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'

/** Bring a list in, or make a file of what the list shows. */
export function TransferMenu({ filter }: { filter: object | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const say = useSentence()
  const may = useRight('capture:write')
  if (!may) return null
  async function make(format: NewExport['format']): Promise<void> {
    try {
      await addExport({ object: 'lead', format, ...(filter && { filter: filter as Record<string, unknown> }) }, newId())
      void navigate({ to: '/settings/transfer' })
    } catch (error) {
      notifications.show({ message: say(error), color: 'red' })
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t('leads.transfer.menu')} title={t('leads.transfer.menu')}>
          <IconArrowsExchange size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate({ to: '/settings/transfer' })}>{t('leads.transfer.import')}</Menu.Item>
        <Menu.Item onClick={() => void make('csv')}>{t('leads.transfer.csv')}</Menu.Item>
        <Menu.Item onClick={() => void make('xlsx')}>{t('leads.transfer.xlsx')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
