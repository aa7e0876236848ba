import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Buttons } from './Screen'

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

/** The button under a list that brings the page before; none when everything is shown. */
export function Older({ pages }: { pages: Pages }) {
  const { t } = useTranslation()
  if (!pages.hasNextPage) return null
  return (
    <Buttons>
      <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {t('ui.older')}
      </Button>
    </Buttons>
  )
}
