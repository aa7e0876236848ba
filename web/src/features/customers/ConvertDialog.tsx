import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { convertLead, getProposal, type Conversion, type Proposal } from '@/api/customers'
import type { Pipeline } from '@/api/shapes'
import { formatMoney, parseMoney } from '@/lib/money'
import { newId } from '@/lib/uuid'
import { Dialog } from '@/ui/Dialog'
import { Pair } from '@/ui/Screen'
import { Bone, ErrorState, Loading } from '@/ui/states'
import { Modal } from '@mantine/core'
import { Carried } from './Carried'
import { NEW, WhichCustomer, type Choice } from './WhichCustomer'

type Props = { lead: string; name: string; pipelines: readonly Pipeline[]; onClose: () => void; onConverted: (done: Conversion) => Promise<void> }

/** One question, one button: which customer, which deal, and what goes along. */
export function ConvertDialog({ lead, name, pipelines, onClose, onConverted }: Props) {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['customers', 'proposal', lead], queryFn: ({ signal }) => getProposal(lead, signal), meta: { keep: false }, staleTime: 0 })
  const title = t('customers.convert.title', { name })
  if (found.data && !found.isFetching) return <Form key={found.data.version} proposal={found.data} title={title} {...{ lead, pipelines, onClose, onConverted }} />
  return (
    <Modal opened onClose={onClose} title={title} size={560} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {found.isError && !found.isFetching ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Loading>
          <Bone height={220} width="100%" />
        </Loading>
      )}
    </Modal>
  )
}

type FormProps = Omit<Props, 'name'> & { proposal: Proposal; title: string }

function Form({ lead, proposal, title, pipelines, onClose, onConverted }: FormProps) {
  const { t, i18n } = useTranslation()
  const { customer, deal, candidates } = proposal
  const [id] = useState(newId)
  const [choice, setChoice] = useState<Choice>({ id: candidates.find((one) => one.same)?.id ?? NEW, name: customer.name, kind: customer.kind })
  const [dealName, setDealName] = useState(deal.name)
  const [amount, setAmount] = useState(deal.value_minor > 0 ? formatMoney(deal.value_minor, deal.currency, i18n.language) : '')
  const [stage, setStage] = useState(deal.stage_id)
  const minor = amount.trim() === '' ? 0 : parseMoney(amount, deal.currency)
  const nameless = choice.id === NEW && choice.name.trim() === ''
  const wrong = minor === null || nameless || dealName.trim() === ''

  async function convert(): Promise<void> {
    const isNew = choice.id === NEW
    const chosen = isNew ? { new: { name: choice.name.trim(), kind: choice.kind, fields: {} } } : { existing_id: choice.id }
    const done = await convertLead(lead, {
      id,
      version: proposal.version,
      customer: chosen,
      deal: {
        ...(dealName.trim() !== deal.name && { name: dealName.trim() }),
        ...(minor !== null && minor !== deal.value_minor && { value_minor: minor, currency: deal.currency }),
        ...(stage !== deal.stage_id && { stage_id: stage }),
      },
      fields: {},
    })
    onClose()
    await onConverted(done)
  }
  return (
    <Dialog title={title} submit={t('customers.convert.submit')} size="560px" disabled={wrong} onSubmit={convert} onClose={onClose}>
      <WhichCustomer choice={choice} customer={customer} candidates={candidates} onChoice={setChoice} />
      <TextInput label={t('customers.convert.deal')} dir="auto" value={dealName} onChange={(event) => setDealName(event.currentTarget.value)} />
      <Pair>
        <TextInput
          label={t('customers.convert.value', { currency: deal.currency })}
          dir="ltr"
          inputMode="decimal"
          value={amount}
          error={minor === null ? t('leads.add.needAmount') : undefined}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <Select
          label={t('customers.convert.stage')}
          allowDeselect={false}
          data={pipelines.map((one) => ({ group: one.name, items: one.stages.filter(({ kind }) => kind !== 'lost').map((each) => ({ value: each.id, label: each.name })) }))}
          value={stage}
          onChange={(value) => setStage(value ?? deal.stage_id)}
        />
      </Pair>
      <Carried proposal={proposal} />
    </Dialog>
  )
}
