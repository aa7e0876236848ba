import { Button, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addObjection, changeObjection, getObjections, type Objection } from '@/api/objections'
import type { Lead } from '@/api/shapes'
import { day } from '@/lib/time'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { FieldEdit } from '@/ui/FieldEdit'
import { Note } from '@/ui/Screen'
import styles from './Lead.module.css'

const OUTCOMES = ['open', 'overcome', 'stayed'] as const

/** What somebody has against buying, what was answered, and what became of it. */
export function Objections({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const say = useSentence()
  const client = useQueryClient()
  const [kind, setKind] = useState('')
  const [wrong, setWrong] = useState<string>()
  const { data = [] } = useQuery({ queryKey: ['leads', 'objections', lead.id], queryFn: ({ signal }) => getObjections(lead.id, signal) })

  async function write(written: Promise<unknown>): Promise<void> {
    setWrong(undefined)
    try {
      await written
      setKind('')
    } catch (error) {
      setWrong(say(error))
    }
    await client.invalidateQueries({ queryKey: ['leads', 'objections', lead.id] })
  }
  if (!lead.can.change && data.length === 0) return null
  return (
    <section className={styles.section} aria-label={t('leads.objections.title')}>
      <h2>{t('leads.objections.title')}</h2>
      {data.map((one) => (
        <ObjectionLine key={one.id} objection={one} disabled={!lead.can.change} onChange={(change) => void write(changeObjection(one, change, newId()))} />
      ))}
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {lead.can.change && (
        <form
          style={{ display: 'flex', gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault()
            if (kind.trim() !== '') void write(addObjection(lead.id, kind.trim(), newId()))
          }}
        >
          <TextInput style={{ flex: 1 }} size="xs" aria-label={t('leads.objections.add')} placeholder={t('leads.objections.add')} dir="auto" maxLength={80} value={kind} onChange={(event) => setKind(event.currentTarget.value)} />
          <Button size="xs" type="submit" disabled={kind.trim() === ''}>
            {t('leads.objections.submit')}
          </Button>
        </form>
      )}
    </section>
  )
}

type LineProps = { objection: Objection; disabled: boolean; onChange: (change: Partial<Pick<Objection, 'answer' | 'outcome'>>) => void }

function ObjectionLine({ objection, disabled, onChange }: LineProps) {
  const { t, i18n } = useTranslation()
  return (
    <div style={{ marginBlockEnd: 10 }}>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
        <strong style={{ flex: 1, minInlineSize: 0 }} dir="auto">
          {objection.kind}
        </strong>
        <Select
          size="xs"
          w={110}
          aria-label={`${t('leads.objections.outcome')}: ${objection.kind}`}
          allowDeselect={false}
          disabled={disabled}
          data={OUTCOMES.map((value) => ({ value, label: t(`leads.objections.outcomes.${value}`) }))}
          value={objection.outcome}
          onChange={(outcome) => outcome !== null && onChange({ outcome })}
        />
      </div>
      <FieldEdit label={t('leads.objections.answer')} value={objection.answer} type="multiline" disabled={disabled} onSave={(answer) => onChange({ answer: answer.trim() })} />
      <small className={styles.muted}>{t('leads.objections.by', { name: objection.by_name, at: day(objection.at, i18n.language) })}</small>
    </div>
  )
}
