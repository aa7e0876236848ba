import { Button, Switch } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getForm, type Form } from '@/api/forms'
import { getSources } from '@/api/leads'
import { useRight } from '@/api/me'
import { FormFields } from '@/features/channels/FormFields'
import { FormOrigin, FormTexts } from '@/features/channels/FormSettings'
import { LANGUAGES } from '@/i18n'
import { changeOf, removalOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { useLeadFields } from '@/records/filter/useFields'
import { Refusals, SaveMark } from '@/records/Saving'
import { CopyField } from '@/ui/CopyField'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, screenStyles, Section } from '@/ui/Screen'

const KINDS = ['channels.form']
const NO_SOURCES: Awaited<ReturnType<typeof getSources>> = []

/** One form: its fields, its words, and how to use it. */
export default function FormPage({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { t, i18n } = useTranslation()
  const outbox = useOutbox()
  const mayChange = useRight('capture:write')
  const key = ['capture', 'form', id]
  const found = useQuery({ queryKey: key, queryFn: () => getForm(id) })
  const sources = useQuery({ queryKey: ['leads', 'sources'], queryFn: getSources }).data ?? NO_SOURCES
  const custom = useLeadFields().filter((field) => field.custom)
  const form = usePainted(key, found.data)
  const save = (fields: Partial<Form>) => form && void outbox.add(changeOf('channels.form', form, fields))
  const Back = i18n.dir() === 'rtl' ? IconChevronRight : IconChevronLeft
  return (
    <Screen
      back={
        <Link to="/settings/forms" className={screenStyles.back}>
          <Back size={16} aria-hidden />
          {t('settings.screen.forms')}
        </Link>
      }
      title={form?.name ?? t('settings.screen.forms')}
      status={<SaveMark kinds={KINDS} />}
      action={
        form && (
          <Switch label={t(form.enabled ? 'channels.forms.on' : 'channels.forms.off')} checked={form.enabled} disabled={!mayChange} onChange={(event) => save({ enabled: event.currentTarget.checked })} />
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: form }} height={240}>
        {(one) => (
          <>
            <Share form={one} />
            <FormFields fields={one.fields} custom={custom} disabled={!mayChange} onSave={(fields) => save({ fields })} />
            <FormTexts form={one} languages={LANGUAGES} disabled={!mayChange} onSave={save} />
            <FormOrigin form={one} sources={sources} disabled={!mayChange} onSave={save} />
            {mayChange && (
              <Removal
                form={one}
                onRemove={() => {
                  void outbox.add(removalOf('channels.form', one))
                  onLeave()
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </Screen>
  )
}

function Share({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <Section
      title={t('channels.forms.share')}
      action={
        <Button component="a" href={form.public_url} target="_blank" rel="noreferrer" rightSection={<IconExternalLink size={14} aria-hidden />}>
          {t('channels.forms.open')}
        </Button>
      }
    >
      <CopyField label={t('channels.forms.url')} value={form.public_url} />
      <CopyField label={t('channels.forms.embed')} value={form.embed_html} />
      <CopyField label={t('channels.forms.iframe')} value={form.iframe_html} />
    </Section>
  )
}

function Removal({ form, onRemove }: { form: Form; onRemove: () => void }) {
  const { t } = useTranslation()
  const [sure, setSure] = useState(false)
  return (
    <Section title={t('channels.forms.delete')} intro={t('channels.forms.deleteSure')} danger>
      <Buttons>
        <Button color="red" onClick={() => setSure(true)}>
          {t('channels.forms.delete')}
        </Button>
      </Buttons>
      {sure && (
        <Dialog title={t('channels.forms.deleteTitle', { name: form.name })} submit={t('ui.delete')} danger onClose={() => setSure(false)} onSubmit={onRemove}>
          <p style={{ margin: 0 }}>{t('channels.forms.deleteSure')}</p>
        </Dialog>
      )}
    </Section>
  )
}
