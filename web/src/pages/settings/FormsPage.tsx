import { Button, Switch, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addForm, getForms, type Form } from '@/api/forms'
import { useRight } from '@/api/me'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Dialog } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['channels.form']
const KEY = ['capture', 'forms']

/** The company's forms. */
export default function FormsPage({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('capture:write')
  const found = useQuery({ queryKey: KEY, queryFn: getForms })
  const forms = usePainted(KEY, found.data)
  const [adding, setAdding] = useState(false)
  return (
    <Screen
      title={t('settings.screen.forms')}
      intro={t('channels.forms.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayChange && (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('channels.forms.add')}
          </Button>
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: forms }} bones={2}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('channels.forms.empty')} />
          ) : (
            <Rows label={t('settings.screen.forms')}>
              {all.map((form) => (
                <FormRow key={form.id} form={form} disabled={!mayChange} onOpen={() => onOpen(form.id)} onSwitch={(enabled) => void outbox.add(changeOf('channels.form', form, { enabled }))} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {adding && (
        <NewForm
          onClose={() => setAdding(false)}
          onAdd={async (id) => {
            await client.invalidateQueries({ queryKey: KEY })
            onOpen(id)
          }}
        />
      )}
    </Screen>
  )
}

function FormRow({ form, disabled, onOpen, onSwitch }: { form: Form; disabled: boolean; onOpen: () => void; onSwitch: (enabled: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <Row
      off={!form.enabled}
      title={
        <a
          href={`/settings/forms/${form.id}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return
            event.preventDefault()
            onOpen()
          }}
        >
          <bdi>{form.name}</bdi>
        </a>
      }
      detail={
        <>
          {t(`channels.forms.kinds.${form.kind}`)} · {t('channels.forms.submissions', { count: form.submissions })}
          {form.last_event_at !== null && (
            <>
              {' · '}
              <When at={form.last_event_at} />
            </>
          )}
        </>
      }
      end={<Switch aria-label={t('channels.forms.switch', { name: form.name })} checked={form.enabled} disabled={disabled} onChange={(event) => onSwitch(event.currentTarget.checked)} />}
    />
  )
}

function NewForm({ onAdd, onClose }: { onAdd: (id: string) => Promise<void>; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const [name, setName] = useState('')
  return (
    <Dialog
      title={t('channels.forms.add')}
      submit={t('ui.add')}
      disabled={name.trim() === ''}
      onClose={onClose}
      onSubmit={async () => {
        const id = newId()
        const fields = [
          { key: 'name', label: t('channels.forms.newName'), type: 'text' as const, required: true },
          { key: 'email', label: t('channels.forms.standard.email'), type: 'email' as const },
          { key: 'phone', label: t('channels.forms.standard.phone'), type: 'phone' as const },
          { key: 'text', label: t('channels.forms.standard.text'), type: 'long_text' as const },
        ]
        await addForm({ id, name: name.trim(), title: t('channels.forms.newTitle'), language: i18n.language, fields }, newId())
        await onAdd(id)
      }}
    >
      <TextInput label={t('channels.forms.name')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
    </Dialog>
  )
}
