import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { parseMoney } from '@/lib/money'
import { newId } from '@/lib/uuid'
import { useOutbox } from '@/offline/session'
import { FieldInput } from '@/records/FieldInput'
import { readValue } from '@/records/values'
import { useCustomFields, useSources } from './lists'
import { add, EMPTY_LEAD } from './quickAdd'

/** Adds a lead with what is known: a name and any way to reach the person. */
export default function QuickAdd({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { member, workspace } = useMe()
  const outbox = useOutbox()
  const form = useForm({
    initialValues: EMPTY_LEAD,
    validate: {
      name: (value, all) => (value.trim() === '' && all.phone.trim() === '' && all.email.trim() === '' ? t('leads.add.needSomething') : null),
      email: (value) => (value.trim() === '' || /^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('auth.setup.needEmail')),
      value: (value) => (value.trim() === '' || parseMoney(value, workspace.currency) !== null ? null : t('leads.add.needAmount')),
    },
  })
  const own = useOwnFields(workspace.currency)

  function submit(values: typeof EMPTY_LEAD): void {
    const custom = own.read()
    if (!custom) return
    void outbox.add(add({ id: newId(), values, custom, currency: workspace.currency, owner: { id: member.id, name: member.name } }))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('app.newLead')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form noValidate style={{ display: 'grid', gap: 12 }} onSubmit={form.onSubmit(submit)}>
        <TextInput label={t('leads.field.name')} dir="auto" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        <TextInput label={t('leads.field.phone')} dir="ltr" type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <TextInput label={t('leads.field.email')} dir="ltr" type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput label={t('leads.field.company')} dir="auto" autoComplete="off" {...form.getInputProps('company')} />
        <SourceAndValue currency={workspace.currency} source={form.getInputProps('source')} value={form.getInputProps('value')} />
        <Textarea label={t('leads.field.text')} dir="auto" autosize minRows={2} maxRows={6} {...form.getInputProps('text')} />
        {own.inputs}
        <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="filled">
            {t('leads.add.submit')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function SourceAndValue({ currency, source, value }: { currency: string; source: object; value: object }) {
  const { t } = useTranslation()
  const sources = useSources()
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
      <Select label={t('leads.field.source')} clearable data={sources.map(({ key, label }) => ({ value: key, label }))} {...source} />
      <TextInput label={`${t('leads.field.value')} (${currency})`} dir="ltr" inputMode="decimal" {...value} />
    </div>
  )
}

/** The workspace's own fields: those it requires are always there, the others behind one button. */
function useOwnFields(currency: string) {
  const { t } = useTranslation()
  const fields = useCustomFields().filter((field) => field.writable)
  const [drafts, setDrafts] = useState<Record<string, string>>({})
  const [all, setAll] = useState(false)
  const [tried, setTried] = useState(false)
  const shown = fields.filter((field) => all || field.required)

  function problem(key: string): string | undefined {
    const field = fields.find((one) => one.key === key)
    if (!field) return undefined
    const value = readValue(field, drafts[key] ?? '', currency)
    return value === undefined ? t('leads.field.needNumber') : value === null && field.required ? t('leads.field.needValue') : undefined
  }
  /** The values by their short keys; null while one of them is wrong. */
  function read(): Record<string, unknown> | null {
    setTried(true)
    if (fields.some((field) => problem(field.key) !== undefined)) return null
    const values = fields.map((field) => [field.key.replace(/^custom\./, ''), readValue(field, drafts[field.key] ?? '', currency)] as const)
    return Object.fromEntries(values.filter(([, value]) => value !== null))
  }
  const inputs = (
    <>
      {shown.map((field) => (
        <FieldInput key={field.key} field={field} draft={drafts[field.key] ?? ''} error={tried ? problem(field.key) : undefined} onDraft={(draft) => setDrafts((before) => ({ ...before, [field.key]: draft }))} />
      ))}
      {!all && shown.length < fields.length && (
        <Button variant="subtle" style={{ justifySelf: 'start' }} leftSection={<IconChevronDown size={15} aria-hidden />} onClick={() => setAll(true)}>
          {t('leads.page.custom')}
        </Button>
      )}
    </>
  )
  return { inputs, read }
}
