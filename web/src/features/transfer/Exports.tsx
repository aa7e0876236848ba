import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileAt, getExports, type Export } from '@/api/transfer'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Section } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'
import { ExportDialog } from './ExportDialog'
import { EXPORTS, STATE_TONES, working } from './states'

type Word = 'lead' | 'contact' | 'company' | 'everything'
const wordOf = (one: Export): Word => (one.object === '' ? 'everything' : (one.object as Word))

/** The files that were made, and the way to make another. */
export function Exports({ everything }: { everything: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const found = useQuery({
    queryKey: EXPORTS,
    queryFn: getExports,
    meta: { keep: false },
    refetchInterval: ({ state }) => (state.data?.items.some((one) => working(one.state)) ? 1000 : false),
  })
  return (
    <Section title={t('transfer.exports')} intro={t('transfer.exportsIntro')} action={<Button onClick={() => setAsking(true)}>{t('transfer.export.start')}</Button>}>
      <Loaded found={found} bones={2}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState text={t('transfer.noExports')} />
          ) : (
            <Rows label={t('transfer.exports')}>
              {items.map((one) => (
                <Row
                  key={one.id}
                  title={
                    <>
                      <span>{t(`transfer.object.${wordOf(one)}`)}</span>
                      <Chip tone={STATE_TONES[one.state]}>{t(`transfer.state.${one.state}`)}</Chip>
                    </>
                  }
                  detail={one.error === '' ? t('transfer.export.rows', { done: one.done, total: one.total, format: one.format.toUpperCase() }) : one.error}
                  end={
                    one.state === 'done' ? (
                      <Button component="a" href={fileAt(one.id)} download>
                        {t('transfer.export.download')}
                      </Button>
                    ) : (
                      <When at={one.created_at} />
                    )
                  }
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {asking && <ExportDialog everything={everything} onClose={() => setAsking(false)} onStarted={() => void client.invalidateQueries({ queryKey: EXPORTS })} />}
    </Section>
  )
}
