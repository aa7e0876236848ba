import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import { getImports, type ImportPage as Page } from '@/api/transfer'
import { DropFile } from '@/features/transfer/DropFile'
import { Exports } from '@/features/transfer/Exports'
import { ImportRows } from '@/features/transfer/ImportRows'
import { IMPORTS, working } from '@/features/transfer/states'
import { Loaded } from '@/ui/Loaded'
import { Older } from '@/ui/Older'
import { Screen, Section } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

/** Lists that come in and files that go out. */
export default function TransferPage({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayChange = useRight('capture:write')
  const everything = useRight('settings:write')
  const found = useInfiniteQuery({
    queryKey: IMPORTS,
    queryFn: ({ pageParam }) => getImports(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.next_cursor ?? undefined,
    meta: { keep: false },
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some((run) => working(run.state))) ? 2000 : false),
  })
  return (
    <Screen title={t('settings.screen.transfer')} intro={t('transfer.intro')}>
      {mayChange && (
        <DropFile
          onBrought={(made) => {
            client.setQueryData([...IMPORTS, made.id], made)
            onOpen(made.id)
          }}
        />
      )}
      <Section title={t('transfer.imports')}>
        <Loaded found={found}>
          {({ pages }) => {
            const imports = pages.flatMap((page) => page.items)
            return imports.length === 0 ? <EmptyState text={t('transfer.noImports')} /> : <ImportRows imports={imports} />
          }}
        </Loaded>
        <Older pages={found} />
      </Section>
      {mayChange && <Exports everything={everything} />}
    </Screen>
  )
}
