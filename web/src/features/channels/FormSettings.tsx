import { Checkbox, Select, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Form } from '@/api/forms'
import type { Source } from '@/api/shapes'
import { AutoField } from '@/ui/AutoField'
import { Pair, Section } from '@/ui/Screen'

const KINDS = ['landing', 'newsletter', 'quote', 'download', 'webinar', 'event'] as const
/** Kinds whose forms offer something with a name. */
const OFFERS: ReadonlySet<string> = new Set(['download', 'webinar', 'event'])

type Props = { form: Form; sources: readonly Source[]; languages: readonly { code: string; name: string }[]; disabled: boolean; onSave: (fields: Partial<Form>) => void }

/** The words of a form. */
export function FormTexts({ form, languages, disabled, onSave }: Omit<Props, 'sources'>) {
  const { t } = useTranslation()
  return (
    <Section title={t('channels.forms.texts')}>
      <Pair>
        <AutoField label={t('channels.forms.name')} value={form.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={(name) => onSave({ name })} />
        <Select label={t('channels.forms.language')} allowDeselect={false} data={languages.map(({ code, name }) => ({ value: code, label: name }))} value={form.language} disabled={disabled} onChange={(language) => language !== null && onSave({ language })} />
      </Pair>
      <AutoField label={t('channels.forms.title')} value={form.title} disabled={disabled} onSave={(title) => onSave({ title })} />
      <AutoField label={t('channels.forms.intro_')} multiline value={form.intro} disabled={disabled} onSave={(intro) => onSave({ intro })} />
      <AutoField label={t('channels.forms.thank_you')} multiline placeholder={t('channels.forms.thanksStandard')} value={form.thank_you} disabled={disabled} onSave={(thank_you) => onSave({ thank_you })} />
      <AutoField label={t('channels.forms.button')} placeholder={t('channels.forms.buttonStandard')} value={form.button} disabled={disabled} onSave={(button) => onSave({ button })} />
      <AutoField label={t('channels.forms.consent_text')} description={t('channels.forms.consentHint')} multiline value={form.consent_text} disabled={disabled} onSave={(consent_text) => onSave({ consent_text })} />
      {form.consent_text !== '' && (
        <Checkbox label={t('channels.forms.consent_required')} checked={form.consent_required} disabled={disabled} onChange={(event) => onSave({ consent_required: event.currentTarget.checked })} />
      )}
    </Section>
  )
}

/** What leads of the form are told to come from, and which websites may use it. */
export function FormOrigin({ form, sources, disabled, onSave }: Omit<Props, 'languages'>) {
  const { t } = useTranslation()
  const listed = sources.some(({ key }) => key === form.source) ? sources : [...sources, { key: form.source, label: form.source }]
  return (
    <Section title={t('channels.forms.origin')}>
      <Pair>
        <Select label={t('channels.forms.source')} allowDeselect={false} searchable data={listed.map(({ key, label }) => ({ value: key, label }))} value={form.source} disabled={disabled} onChange={(source) => source !== null && onSave({ source })} />
        <AutoField label={t('channels.forms.campaign')} value={form.campaign} disabled={disabled} onSave={(campaign) => onSave({ campaign })} />
        <Select label={t('channels.forms.kindOf')} allowDeselect={false} data={KINDS.map((kind) => ({ value: kind, label: t(`channels.forms.kinds.${kind}`) }))} value={form.kind} disabled={disabled} onChange={(kind) => kind !== null && onSave({ kind })} />
        {OFFERS.has(form.kind) && <AutoField label={t('webforms.settings.offer')} description={t('webforms.settings.offerHint')} value={form.offer} disabled={disabled} onSave={(offer) => onSave({ offer })} />}
        {form.kind === 'download' && (
          <AutoField type="url" dir="ltr" label={t('webforms.settings.download')} description={t('webforms.settings.downloadHint')} value={form.download_url} disabled={disabled} onSave={(download_url) => onSave({ download_url })} />
        )}
      </Pair>
      <Checkbox label={t('webforms.settings.work')} description={t('webforms.settings.workHint')} checked={form.proof_of_work} disabled={disabled} onChange={(event) => onSave({ proof_of_work: event.currentTarget.checked })} />
      <TagsInput label={t('channels.forms.allowed_origins')} description={t('channels.forms.originsHint')} dir="ltr" value={form.allowed_origins} disabled={disabled} onChange={(allowed_origins) => onSave({ allowed_origins })} />
      <TagsInput label={t('channels.forms.redirect_hosts')} description={t('channels.forms.hostsHint')} dir="ltr" value={form.redirect_hosts} disabled={disabled} onChange={(redirect_hosts) => onSave({ redirect_hosts })} />
    </Section>
  )
}
