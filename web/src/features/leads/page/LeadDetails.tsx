import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lead, Member, Source } from '@/api/shapes'
import { formatMoney, minorDigits, parseMoney } from '@/lib/money'
import { FieldEdit } from '@/ui/FieldEdit'
import styles from './Lead.module.css'

type Props = { lead: Lead; members: readonly Member[]; sources: readonly Source[]; onChange: (fields: Partial<Lead>) => void }

/** The facts about the lead and the person; each is edited where it stands. */
export function LeadDetails({ lead, members, sources, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <section className={styles.section}>
        <h2>{t('leads.page.contact')}</h2>
        <ContactFields lead={lead} onChange={onChange} />
      </section>
      <section className={styles.section}>
        <h2>{t('leads.page.record')}</h2>
        <LeadFields lead={lead} members={members} sources={sources} onChange={onChange} />
      </section>
      <Facts title={t('leads.page.utm')} facts={lead.utm} />
      <Facts title={t('leads.page.extra')} facts={lead.extra} />
      <p className={styles.muted}>{t('leads.page.completeness', { percent: lead.completeness })}</p>
    </>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

function ContactFields({ lead, onChange }: Pick<Props, 'lead' | 'onChange'>) {
  const { t } = useTranslation()
  const fixed = !lead.can.change
  const mail = (text: string) => (text === '' || /^\S+@\S+\.\S+$/.test(text) ? undefined : t('auth.setup.needEmail'))
  const fields = [
    ['contact_name', 'name', 'text'],
    ['phone', 'phone', 'tel'],
    ['email', 'email', 'email'],
    ['company_name', 'company', 'text'],
    ['city', 'city', 'text'],
  ] as const
  return (
    <dl className={styles.fields}>
      {fields.map(([field, word, type]) => (
        <Field key={field} label={t(`leads.field.${word}`)}>
          <FieldEdit
            label={t(`leads.field.${word}`)}
            value={lead[field]}
            type={type}
            disabled={fixed}
            {...(type === 'email' && { check: mail })}
            onSave={(text) => onChange({ [field]: text.trim() })}
          />
        </Field>
      ))}
    </dl>
  )
}

function LeadFields({ lead, members, sources, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const fixed = !lead.can.change
  const { currency } = lead
  const people = members.filter((member) => member.active || member.id === lead.owner?.id).map(({ id, name }) => ({ value: id, label: name }))
  const money = (text: string) => (text.trim() === '' || parseMoney(text, currency) !== null ? undefined : t('leads.add.needAmount'))
  return (
    <dl className={styles.fields}>
      <Field label={t('leads.field.value')}>
        <FieldEdit
          label={t('leads.field.value')}
          value={lead.value_minor === 0 ? '' : String(lead.value_minor / 10 ** minorDigits(currency))}
          shown={formatMoney(lead.value_minor, currency, i18n.language)}
          disabled={fixed}
          check={money}
          onSave={(text) => onChange({ value_minor: parseMoney(text, currency) ?? 0 })}
        />
      </Field>
      <Field label={t('leads.field.owner')}>
        <FieldEdit
          label={t('leads.field.owner')}
          value={lead.owner?.id ?? ''}
          shown={<bdi>{lead.owner?.name}</bdi>}
          type="choice"
          choices={lead.owner ? people : [{ value: '', label: t('leads.board.noOwner') }, ...people]}
          disabled={fixed}
          onSave={(id) => {
            const member = members.find((one) => one.id === id)
            onChange({ owner: member ? { id: member.id, name: member.name } : null })
          }}
        />
      </Field>
      <Field label={t('leads.field.source')}>
        <FieldEdit
          label={t('leads.field.source')}
          value={lead.source}
          shown={sources.find(({ key }) => key === lead.source)?.label ?? lead.source}
          type="choice"
          choices={sources.map(({ key, label }) => ({ value: key, label }))}
          disabled={fixed}
          onSave={(source) => onChange({ source })}
        />
      </Field>
      {(['campaign', 'interest'] as const).map((field) => (
        <Field key={field} label={t(`leads.field.${field}`)}>
          <FieldEdit label={t(`leads.field.${field}`)} value={lead[field]} disabled={fixed} onSave={(text) => onChange({ [field]: text.trim() })} />
        </Field>
      ))}
      {lead.loss_reason && (
        <Field label={t('leads.close.reason')}>
          <div className={styles.plain}>
            <bdi>{lead.loss_reason.name}</bdi>
          </div>
        </Field>
      )}
    </dl>
  )
}

function Facts({ title, facts }: { title: string; facts: Record<string, unknown> }) {
  const entries = Object.entries(facts).filter(([, value]) => value !== '' && value !== null)
  if (entries.length === 0) return null
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <dl className={styles.fields}>
        {entries.map(([name, value]) => (
          <Field key={name} label={name}>
            <div className={styles.plain}>
              <bdi>{typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)}</bdi>
            </div>
          </Field>
        ))}
      </dl>
    </section>
  )
}
