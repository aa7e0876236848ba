import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Breaches, type BreachesOf, getBreaches } from '@/api/assignment'
import { KeptByBand, KeptTimes, LateAnswers } from '@/features/assignment/LateAnswers'
import { Loaded } from '@/ui/Loaded'
import { Older } from '@/ui/Older'
import { Note, Pair, Screen, Section } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

/** Which leads were answered too late, and how often each owner kept the time. */
export default function LatePage({ search, onSearch }: { search: BreachesOf; onSearch: (change: BreachesOf) => void }) {
  const { t } = useTranslation()
  const { first, last, owner } = search
  const found = useInfiniteQuery({
    queryKey: ['leads', 'late', first, last, owner],
    queryFn: ({ pageParam, signal }) => getBreaches(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Breaches) => page.next_cursor ?? undefined,
    meta: { keep: false },
  })
  const [newest] = found.data?.pages ?? []
  const set = (change: BreachesOf) => onSearch(change)
  return (
    <Screen title={t('settings.screen.late')} intro={t('flow.late.intro')} wide>
      <Pair>
        <TextInput type="date" label={t('flow.late.from')} value={first ?? newest?.first ?? ''} max={last} onChange={(event) => set({ first: event.currentTarget.value || undefined })} />
        <TextInput type="date" label={t('flow.late.to')} value={last ?? newest?.last ?? ''} min={first} onChange={(event) => set({ last: event.currentTarget.value || undefined })} />
      </Pair>
      <Loaded found={found} bones={4}>
        {({ pages }) => {
          const [page] = pages
          const breaches = pages.flatMap((one) => one.items)
          if (!page || page.owners.length === 0) return <EmptyState text={t('flow.late.none')} />
          return (
            <>
              <Section
                title={t('flow.late.byOwner')}
                action={
                  owner !== undefined && (
                    <Button size="compact-sm" onClick={() => set({ owner: undefined })}>
                      {t('flow.late.everybody')}
                    </Button>
                  )
                }
              >
                <KeptTimes total={page.total} owners={page.owners} onOwner={(id) => set({ owner: id })} />
              </Section>
              <Section title={t('flow.late.byBand')}>
                <KeptByBand bands={page.bands} />
              </Section>
              <Section title={t('flow.late.rows')}>{breaches.length === 0 ? <Note tone="ok">{t('flow.late.empty')}</Note> : <LateAnswers breaches={breaches} />}</Section>
            </>
          )
        }}
      </Loaded>
      <Older pages={found} />
    </Screen>
  )
}
