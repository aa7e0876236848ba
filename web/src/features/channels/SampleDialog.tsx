import { Button, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { getSample, trySample, type Sample, type SampleField } from '@/api/forms'
import { newId } from '@/lib/uuid'
import { Dialog, useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Buttons, Note } from '@/ui/Screen'
import { TARGETS } from './formFields'

type Props = { id: string; mapping: Record<string, string>; custom: readonly Field[]; onSave: (mapping: Record<string, string>) => void; onClose: () => void }

/** What a form tool sent, field by field: one says where each answer goes. */
export function SampleDialog({ id, mapping, custom, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['capture', 'sample', id], queryFn: () => getSample(id), meta: { keep: false } })
  const [pasted, setPasted] = useState<Sample>()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  return (
    <Dialog title={t('webforms.sample.title')} submit={t('webforms.sample.save')} size="640px" disabled={Object.keys(chosen).length === 0} onClose={onClose} onSubmit={() => onSave({ ...mapping, ...chosen })}>
      <Loaded found={found} bones={2}>
        {(newest) => {
          const sample = pasted ?? newest
          return (
            <>
              {sample.received_at !== null && (
                <Note>
                  {t('webforms.sample.from')} <When at={sample.received_at} />
                </Note>
              )}
              {sample.fields.length === 0 && <Note>{t(sample.received_at === null ? 'webforms.sample.waiting' : 'webforms.sample.unread')}</Note>}
              {sample.fields.length > 0 && <Answers fields={sample.fields} custom={custom} chosen={chosen} onChoose={(label, target) => setChosen({ ...chosen, [label]: target })} />}
              {newest.fields.length === 0 && (
                <Buttons>
                  <Button loading={found.isFetching} onClick={() => void found.refetch()}>
                    {t('webforms.sample.again')}
                  </Button>
                </Buttons>
              )}
            </>
          )
        }}
      </Loaded>
      <Paste onRead={async (body) => setPasted(await trySample(id, body, newId()))} />
    </Dialog>
  )
}

function Answers({ fields, custom, chosen, onChoose }: { fields: readonly SampleField[]; custom: readonly Field[]; chosen: Record<string, string>; onChoose: (label: string, target: string) => void }) {
  const { t } = useTranslation()
  const places = [...TARGETS.map((value) => ({ value: value as string, label: t(`webforms.sample.target.${value}`) })), ...custom.map(({ key, label }) => ({ value: key, label }))]
  return (
    <Rows label={t('webforms.sample.title')}>
      {fields.map((field) => (
        <Row
          key={field.label}
          tall
          title={<bdi>{field.label}</bdi>}
          detail={
            <>
              <bdi>{field.answer}</bdi>
              <Why field={field} chosen={field.label in chosen} />
            </>
          }
          end={
            <Select
              w={190}
              searchable
              allowDeselect={false}
              aria-label={`${field.label} ${t('webforms.sample.goes')}`}
              data={places}
              value={chosen[field.label] ?? field.target}
              onChange={(target) => target !== null && onChoose(field.label, target)}
            />
          }
        />
      ))}
    </Rows>
  )
}

/** What says where an answer goes; nothing for one that has no place of its own. */
function Why({ field, chosen }: { field: SampleField; chosen: boolean }) {
  const { t } = useTranslation()
  if (field.target === 'extra' && field.why === 'look' && !chosen) return null
  return <> · {t(`webforms.sample.why.${chosen ? 'chosen' : field.why}`)}</>
}

function Paste({ onRead }: { onRead: (body: string) => Promise<void> }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [body, setBody] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  async function read(): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      await onRead(body)
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
  }
  return (
    <>
      <Textarea label={t('webforms.sample.paste')} description={t('webforms.sample.pasteHint')} dir="ltr" autosize minRows={2} maxRows={8} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      <Buttons>
        <Button loading={busy} disabled={body.trim() === ''} onClick={() => void read()}>
          {t('webforms.sample.read')}
        </Button>
      </Buttons>
    </>
  )
}
