import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { TFunction } from 'i18next'
import type { Card } from '@/api/shapes'
import type { Outbox } from '@/offline/outbox'
import { remove, restore } from './operations'

type Gone = Pick<Card, 'id' | 'name' | 'version'>

/** Puts leads into the trash and offers to take them out again. */
export function removeWithUndo(outbox: Outbox, leads: readonly Gone[], t: TFunction): void {
  for (const lead of leads) void outbox.add(remove(lead))
  const [only] = leads
  const shown = notifications.show({
    message: (
      <>
        {leads.length === 1 && only ? t('leads.page.deleted', { name: only.name }) : t('leads.bulk.deleted', { count: leads.length })}{' '}
        <Button
          size="xs"
          onClick={() => {
            for (const lead of leads) void outbox.add(restore(lead))
            notifications.hide(shown)
          }}
        >
          {t('leads.page.undo')}
        </Button>
      </>
    ),
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': t('ui.close') },
  })
}
