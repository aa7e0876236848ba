import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getEditions, restoreEdition } from '@/api/trying'
import { newId } from '@/lib/uuid'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Section } from '@/ui/Screen'

/** The versions of an automation: what changed in each, and a way back. */
export function Editions({ id, disabled }: { id: string; disabled: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const found = useQuery({ queryKey: ['automations', 'editions', id], queryFn: () => getEditions(id), meta: { keep: false } })
  return (
    <Section title={t('flow.automation.editions')}>
      <Loaded found={found} bones={2}>
        {(editions) => (
          <Rows label={t('flow.automation.editions')}>
            {editions.map((one, place) => (
              <Row
                key={one.number}
                tall
                title={t('flow.automation.edition', { number: one.number })}
                detail={
                  <>
                    <When at={one.made_at} /> · <bdi>{one.made_by}</bdi>
                    {one.changes.map((change) => (
                      <div key={change}>
                        <bdi>{change}</bdi>
                      </div>
                    ))}
                  </>
                }
                end={
                  place > 0 &&
                  one.restorable &&
                  !disabled && (
                    <Button
                      onClick={() => {
                        void restoreEdition(id, one.number, newId()).then(() => client.invalidateQueries({ queryKey: ['automations'] }))
                      }}
                    >
                      {t('flow.automation.restore')}
                    </Button>
                  )
                }
              />
            ))}
          </Rows>
        )}
      </Loaded>
    </Section>
  )
}
