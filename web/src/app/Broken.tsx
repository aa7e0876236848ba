import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/ui/states'

/** Shown instead of a screen that threw; nothing that was typed is lost, it is in the outbox. */
export function Broken() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('app.broken.title')}
      text={t('app.broken.body')}
      action={<Button onClick={() => location.reload()}>{t('app.broken.reload')}</Button>}
    />
  )
}

/** The page for an address that is none. */
export function Missing() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('app.missing.title')}
      text={t('app.missing.body')}
      action={
        <Button component="a" href="/">
          {t('app.missing.home')}
        </Button>
      }
    />
  )
}
