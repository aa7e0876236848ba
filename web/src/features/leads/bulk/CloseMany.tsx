import { Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getLossReasons } from '@/api/leads'
import { Dialog } from '@/ui/Dialog'

type Props = { count: number | null; onClose: () => void; onLost: (lost: { reason_id: string; note: string }) => Promise<void> }

/** Why these leads are lost: one reason for all of them. */
export function CloseMany({ count, onClose, onLost }: Props) {
  const { t } = useTranslation()
  const reasons = useQuery({ queryKey: ['leads', 'reasons'], queryFn: getLossReasons, staleTime: 10 * 60_000 })
  const [reason, setReason] = useState<string | null>(null)
  const [note, setNote] = useState('')
  return (
    <Dialog title={count === null ? t('leads.bulk.lostAll') : t('leads.bulk.lost', { count })} submit={t('leads.close.submitLost')} disabled={reason === null} onClose={onClose} onSubmit={() => onLost({ reason_id: reason ?? '', note: note.trim() })}>
      <Select label={t('leads.close.reason')} data-autofocus required data={(reasons.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} value={reason} onChange={setReason} />
      <Textarea label={t('leads.close.note')} dir="auto" autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </Dialog>
  )
}
