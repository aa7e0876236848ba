import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addNumber, changeNumber, getNumbers, getTemplates, syncTemplates, testNumber } from '@/api/whatsapp'
import { NumberBox } from '@/features/channels/NumberBox'
import { NumberDialog } from '@/features/channels/NumberDialog'
import { Templates } from '@/features/channels/Templates'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Loaded } from '@/ui/Loaded'
import { Screen, Section } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['channels.number']
const KEY = ['capture', 'whatsapp']
const TEMPLATES = ['conversations', 'templates', 'whatsapp']

/** WhatsApp: numbers, templates, and the sandbox. */
export function WhatsAppPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  // Verify tokens are in the answer: it is not kept on the device.
  const found = useQuery({ queryKey: KEY, queryFn: getNumbers, meta: { keep: false } })
  const templates = useQuery({ queryKey: TEMPLATES, queryFn: () => getTemplates('whatsapp') })
  const numbers = usePainted(KEY, found.data)
  const [adding, setAdding] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: KEY })
  return (
    <Screen
      title={t('settings.screen.whatsapp')}
      intro={t('channels.whatsapp.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        <Button variant="filled" onClick={() => setAdding(true)}>
          {t('channels.whatsapp.add')}
        </Button>
      }
    >
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: numbers }} bones={1} height={320}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('channels.whatsapp.empty')} />
          ) : (
            all.map((number) => (
              <NumberBox
                key={number.id}
                number={number}
                onSave={(fields) => void outbox.add(changeOf('channels.number', number, fields))}
                onSecrets={async (secrets) => {
                  await changeNumber(number.id, secrets, number.version, newId())
                  await refresh()
                }}
                onTest={() => testNumber(number.id)}
                onSync={async () => {
                  await syncTemplates(number.id)
                  await client.invalidateQueries({ queryKey: TEMPLATES })
                }}
              />
            ))
          )
        }
      </Loaded>
      <Section title={t('channels.whatsapp.templates')} intro={t('channels.whatsapp.templatesIntro')}>
        <Loaded found={templates} bones={2}>
          {(all) => <Templates templates={all} />}
        </Loaded>
      </Section>
      {adding && (
        <NumberDialog
          onClose={() => setAdding(false)}
          onAdd={async (number) => {
            await addNumber(number, newId())
            await refresh()
            setAdding(false)
          }}
        />
      )}
    </Screen>
  )
}
