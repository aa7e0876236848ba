import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getLossReasons, type MoveIn } from '@/api/leads'
import type { Card, Stage } from '@/api/shapes'
import { formatMoney, parseMoney } from '@/lib/money'

export type Closing = Pick<MoveIn, 'won' | 'lost'>
type Props = { card: Pick<Card, 'name' | 'value_minor' | 'currency'>; stage: Stage; onClose: () => void; onConfirm: (closing: Closing) => void }

/** The small form a card passes on its way into Won or Lost. */
export function CloseDialog({ card, stage, onClose, onConfirm }: Props) {
  const { t } = useTranslation()
  const won = stage.kind === 'won'
  return (
    <Modal opened onClose={onClose} title={<bdi>{t(won ? 'leads.close.won' : 'leads.close.lost', { name: card.name })}</bdi>} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {won ? <WonForm card={card} onClose={onClose} onConfirm={onConfirm} /> : <LostForm onClose={onClose} onConfirm={onConfirm} />}
    </Modal>
  )
}

function Buttons({ submit, onClose }: { submit: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" variant="filled">
        {submit}
      </Button>
    </div>
  )
}

function WonForm({ card, onClose, onConfirm }: Omit<Props, 'stage'>) {
  const { t, i18n } = useTranslation()
  const [amount, setAmount] = useState(formatMoney(card.value_minor, card.currency, i18n.language))
  const minor = parseMoney(amount, card.currency)
  return (
    <form
      style={{ display: 'grid', gap: 12 }}
      onSubmit={(event) => {
        event.preventDefault()
        onConfirm({ won: minor === null ? {} : { value_minor: minor } })
      }}
    >
      <TextInput label={t('leads.close.amount')} dir="ltr" inputMode="decimal" data-autofocus value={amount} onChange={(event) => setAmount(event.currentTarget.value)} />
      <Buttons submit={t('leads.close.submitWon')} onClose={onClose} />
    </form>
  )
}

function LostForm({ onClose, onConfirm }: Pick<Props, 'onClose' | 'onConfirm'>) {
  const { t } = useTranslation()
  const reasons = useQuery({ queryKey: ['leads', 'reasons'], queryFn: getLossReasons, staleTime: 10 * 60_000 })
  const [reason, setReason] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [missing, setMissing] = useState(false)
  return (
    <form
      style={{ display: 'grid', gap: 12 }}
      onSubmit={(event) => {
        event.preventDefault()
        if (reason === null) setMissing(true)
        else onConfirm({ lost: { reason_id: reason, ...(note.trim() !== '' && { note: note.trim() }) } })
      }}
    >
      <Select
        label={t('leads.close.reason')}
        data-autofocus
        data={(reasons.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={reason}
        onChange={setReason}
        error={missing && reason === null ? t('leads.close.needReason') : undefined}
      />
      <Textarea label={t('leads.close.note')} dir="auto" autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Buttons submit={t('leads.close.submitLost')} onClose={onClose} />
    </form>
  )
}
