import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addConnection } from '@/api/capture'
import { useRight } from '@/api/me'
import { getWebsites, type Website } from '@/api/websites'
import { WebsiteBox } from '@/features/channels/WebsiteBox'
import { RemovalDialog } from '@/features/channels/RemovalDialog'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['capture.connection']
const KEY = ['capture', 'websites']

/** The company's websites, whose visits show on leads. */
export function WebsitesPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('capture:write')
  const found = useQuery({ queryKey: KEY, queryFn: getWebsites, meta: { keep: false } })
  const sites = usePainted(KEY, found.data)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Website>()
  return (
    <Screen
      title={t('settings.screen.websites')}
      intro={t('webforms.sites.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayChange && (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('webforms.sites.add')}
          </Button>
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: sites }} height={200}>
        {(all) => (
          <>
            {all.length === 0 && <EmptyState text={t('webforms.sites.empty')} />}
            {all.map((site) => (
              <WebsiteBox key={site.id} site={site} disabled={!mayChange} onSave={(fields) => void outbox.add(changeOf('capture.connection', site, fields))} onRemove={() => setRemoving(site)} />
            ))}
          </>
        )}
      </Loaded>
      {adding && (
        <NewSite
          onClose={() => setAdding(false)}
          onAdd={async (name, origin) => {
            await addConnection({ channel: 'website', name, settings: { origins: [origin] }, secrets: {} }, newId())
            await client.invalidateQueries({ queryKey: ['capture'] })
            setAdding(false)
          }}
        />
      )}
      {removing && (
        <RemovalDialog connection={removing} title={t('webforms.sites.deleteTitle', { name: removing.name })} submit={t('webforms.sites.delete')} sure={t('webforms.sites.deleteSure')} onClose={() => setRemoving(undefined)} />
      )}
    </Screen>
  )
}

function NewSite({ onAdd, onClose }: { onAdd: (name: string, origin: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [origin, setOrigin] = useState('')
  const valid = name.trim() !== '' && /^https?:\/\/\S+$/i.test(origin.trim())
  return (
    <Dialog title={t('webforms.sites.add')} submit={t('ui.add')} disabled={!valid} onClose={onClose} onSubmit={() => onAdd(name.trim(), origin.trim())}>
      <TextInput label={t('webforms.sites.name')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput type="url" label={t('webforms.sites.address')} description={t('webforms.sites.addressHint')} dir="ltr" value={origin} onChange={(event) => setOrigin(event.currentTarget.value)} />
    </Dialog>
  )
}
