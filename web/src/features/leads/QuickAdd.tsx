import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { parseMoney } from '@/lib/money'
import { newId } from '@/lib/uuid'
import { useOutbox } from '@/offline/session'
import { useSources } from './lists'
import { add, EMPTY_LEAD } from './quickAdd'

/** Adds a lead with what is known: a name and any way to reach the person. */
export default function QuickAdd({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { member, workspace } = useMe()
  const outbox = useOutbox()
  const sources = useSources()
  const form = useForm({
    initialValues: EMPTY_LEAD,
    validate: {
      name: (value, all) => (value.trim() === '' && all.phone.trim() === '' && all.email.trim() === '' ? t('leads.add.needSomething') : null),
      email: (value) => (value.trim() === '' || /^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('auth.setup.needEmail')),
      value: (value) => (value.trim() === '' || parseMoney(value, workspace.currency) !== null ? null : t('leads.add.needAmount')),
    },
  })

  function submit(values: typeof EMPTY_LEAD): void {
    void outbox.add(add({ id: newId(), values, currency: workspace.currency, owner: { id: member.id, name: member.name } }))
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={t('app.newLead')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form noValidate style={{ display: 'grid', gap: 12 }} onSubmit={form.onSubmit(submit)}>
        <TextInput label={t('leads.field.name')} dir="auto" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        <TextInput label={t('leads.field.phone')} dir="ltr" type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <TextInput label={t('leads.field.email')} dir="ltr" type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput label={t('leads.field.company')} dir="auto" autoComplete="off" {...form.getInputProps('company')} />
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
          <Select label={t('leads.field.source')} clearable data={sources.map(({ key, label }) => ({ value: key, label }))} {...form.getInputProps('source')} />
          <TextInput label={`${t('leads.field.value')} (${workspace.currency})`} dir="ltr" inputMode="decimal" {...form.getInputProps('value')} />
        </div>
        <Textarea label={t('leads.field.text')} dir="auto" autosize minRows={2} maxRows={6} {...form.getInputProps('text')} />
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
