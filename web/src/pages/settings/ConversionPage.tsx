import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getConversionMap, putConversionMap, type ConversionMap, type MapLine } from '@/api/customers'
import { useRight } from '@/api/me'
import { MapLines } from '@/features/customers/MapLines'
import { useSentence } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, Section } from '@/ui/Screen'

const KEY = ['customers', 'map']

/** Which fields of a lead go to the customer and the deal when it is converted. */
export function ConversionPage() {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: KEY, queryFn: getConversionMap })
  return (
    <Screen title={t('settings.screen.conversion')} intro={t('customers.map.intro')}>
      <Loaded found={found}>{(map) => <Draft key={map.version} map={map} />}</Loaded>
    </Screen>
  )
}

function Draft({ map }: { map: ConversionMap }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const mayChange = useRight('settings:write')
  const [lines, setLines] = useState<MapLine[]>(map.lines)
  const changed = JSON.stringify(lines) !== JSON.stringify(map.lines)
  const save = useMutation({
    mutationFn: () => putConversionMap(lines, map.version),
    onSuccess: (saved) => client.setQueryData(KEY, saved),
  })
  return (
    <Section>
      {!mayChange && <Note>{t('ui.readOnly')}</Note>}
      <MapLines map={map} lines={lines} disabled={!mayChange} onLines={setLines} />
      {save.error && <Note tone="hot">{say(save.error)}</Note>}
      {mayChange && (
        <Buttons end>
          <Button disabled={!changed} onClick={() => setLines(map.lines)}>
            {t('ui.cancel')}
          </Button>
          <Button variant="filled" disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>
            {t('customers.map.save')}
          </Button>
        </Buttons>
      )}
    </Section>
  )
}
