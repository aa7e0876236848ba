import { Button } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const MoneyDialog = lazy(() => import('./MoneyDialog').then((part) => ({ default: part.MoneyDialog })))

/** Opens the money of a pipeline by stage and by owner. */
export function MoneyPanel({ pipeline }: { pipeline: string | undefined }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button leftSection={<IconCoins size={15} stroke={1.7} aria-hidden />} onClick={() => setOpen(true)}>
        {t('leads.money.open')}
      </Button>
      <Suspense>{open && <MoneyDialog pipeline={pipeline} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
