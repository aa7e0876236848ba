import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { undoConversion, type Conversion } from '@/api/customers'
import { useSentence } from '@/ui/Dialog'

/** Everything that shows leads, deals and customers is read again. */
export function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient()
  return () => Promise.all(['leads', 'customers', 'timeline', 'search'].map((room) => client.invalidateQueries({ queryKey: [room] })))
}

/** Takes a conversion back and says what stays because it was touched. */
export function useUndo(): (conversion: string) => Promise<void> {
  const { t } = useTranslation()
  const say = useSentence()
  const refresh = useRefresh()
  const close = { 'aria-label': t('ui.close') }
  return async (conversion) => {
    try {
      const { kept, lead_id: lead } = await undoConversion(conversion)
      await refresh()
      const stays = kept.map(({ name, reason }) => `${name}: ${reason}`).join(' ')
      notifications.show({ id: lead, message: kept.length > 0 ? t('customers.undo.kept', { stays }) : t('customers.undo.done'), autoClose: kept.length > 0 ? false : 6000, closeButtonProps: close })
    } catch (error) {
      notifications.show({ color: 'red', message: say(error), closeButtonProps: close })
    }
  }
}

/** Says that the lead is a deal now, and offers to take it back. */
export function useConverted(): (done: Conversion) => Promise<void> {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const undo = useUndo()
  return async (done) => {
    await refresh()
    const shown = notifications.show({
      message: (
        <>
          {t(done.made_customer ? 'customers.convert.made' : 'customers.convert.linked', { name: done.customer?.name ?? '' })}{' '}
          <Button
            size="xs"
            onClick={() => {
              notifications.hide(shown)
              void undo(done.id)
            }}
          >
            {t('customers.undo.action')}
          </Button>
        </>
      ),
      autoClose: 10_000,
      closeButtonProps: { 'aria-label': t('ui.close') },
    })
  }
}
