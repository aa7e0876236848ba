import { Button, Checkbox, Switch, TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getSiteCounts, type SiteSettings, type Website } from '@/api/websites'
import { AutoField } from '@/ui/AutoField'
import { CopyField } from '@/ui/CopyField'
import { Row, Rows } from '@/ui/Rows'
import { Buttons, Note, Section } from '@/ui/Screen'
import { ConnectionState } from './ConnectionBox'

/** Addresses read from left to right in every language, and take the lines they need. */
const ADDRESSES = { input: { direction: 'ltr', height: 'auto' } } as const

type Props = { site: Website; disabled: boolean; onSave: (fields: { name?: string; enabled?: boolean; settings?: SiteSettings }) => void; onRemove: () => void }

/** One website: the line to paste, what it asks for, and what was looked at. */
export function WebsiteBox({ site, disabled, onSave, onRemove }: Props) {
  const { t } = useTranslation()
  const put = (change: Partial<SiteSettings>) => onSave({ settings: { ...site.settings, ...change } })
  return (
    <Section
      title={site.name}
      action={
        <>
          <ConnectionState connection={site} />
          <Switch aria-label={t('webforms.sites.switch', { name: site.name })} checked={site.enabled} disabled={disabled} onChange={(event) => onSave({ enabled: event.currentTarget.checked })} />
        </>
      }
    >
      <CopyField label={t('webforms.sites.snippet')} value={`<script async src="${site.url}"></script>`} />
      <Note>{t('webforms.sites.snippetHint')}</Note>
      <AutoField label={t('webforms.sites.name')} value={site.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={(name) => onSave({ name })} />
      <TagsInput label={t('webforms.sites.origins')} description={t('webforms.sites.addressHint')} dir="ltr" styles={ADDRESSES} value={site.settings.origins} disabled={disabled} onChange={(origins) => put({ origins })} />
      <TagsInput label={t('webforms.sites.key')} description={t('webforms.sites.keyHint')} dir="ltr" styles={ADDRESSES} value={site.settings.key_pages} disabled={disabled} onChange={(key_pages) => put({ key_pages })} />
      <Checkbox label={t('webforms.sites.ask')} description={t('webforms.sites.askHint')} checked={site.settings.ask_consent} disabled={disabled} onChange={(event) => put({ ask_consent: event.currentTarget.checked })} />
      <Counts id={site.id} />
      {!disabled && (
        <Buttons>
          <Button color="red" variant="subtle" onClick={onRemove}>
            {t('webforms.sites.delete')}
          </Button>
        </Buttons>
      )}
    </Section>
  )
}

function Counts({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const counts = useQuery({ queryKey: ['capture', 'website', id], queryFn: () => getSiteCounts(id), meta: { keep: false } }).data
  if (counts === undefined) return null
  if (counts.views === 0) return <Note>{t('webforms.sites.noViews')}</Note>
  const figure = (count: number) => count.toLocaleString(i18n.language)
  return (
    <>
      <Note>{t('webforms.sites.views', { views: figure(counts.views), remembered: figure(counts.remembered) })}</Note>
      <Rows label={t('webforms.sites.pages')}>
        {counts.pages.map((page) => (
          <Row key={page.path} title={<bdi dir="ltr">{page.path}</bdi>} end={figure(page.views)} />
        ))}
      </Rows>
    </>
  )
}
