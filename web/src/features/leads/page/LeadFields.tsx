import { useTranslation } from 'react-i18next'
import { formatMoney, minorDigits, parseMoney } from '@/lib/money'
import { FieldEdit } from '@/ui/FieldEdit'
import { tagsOf } from '../tags'
import { Fact, type DetailsProps } from './Fact'
import styles from './Lead.module.css'

const TYPES = ['IQL', 'MQL', 'SQL', 'PQL']
const NOTHING = { value: '', label: '–' }

/** The facts of the lead itself. */
export function LeadFields({ lead, members, sources, onChange }: DetailsProps) {
  const { t, i18n } = useTranslation()
  const fixed = !lead.can.change
  const { currency } = lead
  const people = members.filter((member) => member.active || member.id === lead.owner?.id).map(({ id, name }) => ({ value: id, label: name }))
  const money = (text: string) => (text.trim() === '' || parseMoney(text, currency) !== null ? undefined : t('leads.add.needAmount'))

  function give(id: string): void {
    const member = members.find((one) => one.id === id)
    if (member) onChange({ owner: { id: member.id, name: member.name } })
  }
  return (
    <dl className={styles.fields}>
      <Fact label={t('leads.field.title')}>
        <FieldEdit label={t('leads.field.title')} value={lead.name} disabled={fixed} check={(text) => (text.trim() === '' ? t('leads.field.needValue') : undefined)} onSave={(text) => onChange({ name: text.trim() })} />
      </Fact>
      <Fact label={t('leads.field.value')}>
        <FieldEdit
          label={t('leads.field.value')}
          value={lead.value_minor === 0 ? '' : String(lead.value_minor / 10 ** minorDigits(currency))}
          shown={formatMoney(lead.value_minor, currency, i18n.language)}
          disabled={fixed}
          check={money}
          onSave={(text) => onChange({ value_minor: parseMoney(text, currency) ?? 0 })}
        />
      </Fact>
      <Fact label={t('leads.field.owner')}>
        <FieldEdit label={t('leads.field.owner')} value={lead.owner?.id ?? ''} shown={lead.owner?.name} type="choice" choices={lead.owner ? people : [NOTHING, ...people]} disabled={fixed} onSave={give} />
      </Fact>
      <Fact label={t('leads.field.source')}>
        <FieldEdit
          label={t('leads.field.source')}
          value={lead.source}
          shown={sources.find(({ key }) => key === lead.source)?.label ?? lead.source}
          type="choice"
          choices={sources.map(({ key, label }) => ({ value: key, label }))}
          disabled={fixed}
          onSave={(source) => onChange({ source })}
        />
      </Fact>
      <Fact label={t('leads.field.type')}>
        <FieldEdit label={t('leads.field.type')} value={lead.lead_type} type="choice" choices={[NOTHING, ...TYPES.map((type) => ({ value: type, label: type }))]} disabled={fixed} onSave={(lead_type) => onChange({ lead_type })} />
      </Fact>
      <Fact label={t('leads.field.tags')}>
        <FieldEdit label={t('leads.field.tags')} value={lead.tags.join(', ')} disabled={fixed} onSave={(text) => onChange({ tags: tagsOf(text) })} />
      </Fact>
      {(['interest', 'campaign'] as const).map((field) => (
        <Fact key={field} label={t(`leads.field.${field}`)}>
          <FieldEdit label={t(`leads.field.${field}`)} value={lead[field]} disabled={fixed} onSave={(text) => onChange({ [field]: text.trim() })} />
        </Fact>
      ))}
      {lead.loss_reason && (
        <Fact label={t('leads.close.reason')}>
          <div className={styles.plain}>
            <bdi>{lead.loss_reason.name}</bdi>
          </div>
        </Fact>
      )}
      {lead.loss_note !== '' && (
        <Fact label={t('leads.close.note')}>
          <div className={styles.plain} dir="auto">
            {lead.loss_note}
          </div>
        </Fact>
      )}
    </dl>
  )
}
