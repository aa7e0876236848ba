import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldValue } from '@/records/FieldValue'
import { useCustomFields } from '../lists'
import { FileFact } from './FileFact'
import { CompanyFields } from './CompanyFields'
import { ContactFields } from './ContactFields'
import { Fact, type DetailsProps } from './Fact'
import styles from './Lead.module.css'
import { LeadFields } from './LeadFields'
import { Objections } from './Objections'

type Props = DetailsProps & {
  /** The questions that qualify the lead. */
  qualification: ReactNode
  /** Since when it is what it is. */
  types: ReactNode
}

/** The facts about the lead and the person; each is edited where it stands. */
export function LeadDetails({ qualification, types, ...props }: Props) {
  const { t } = useTranslation()
  const { lead } = props
  return (
    <>
      <section className={styles.section}>
        <h2>{t('leads.page.contact')}</h2>
        <ContactFields {...props} />
        <PersonFields {...props} />
      </section>
      <CompanyFields lead={lead} />
      <section className={styles.section}>
        <h2>{t('leads.page.record')}</h2>
        <LeadFields {...props} />
        {types}
      </section>
      {qualification}
      <CustomFields {...props} />
      <Objections lead={lead} />
      <Facts title={t('leads.page.utm')} facts={lead.utm} />
      <Facts title={t('leads.page.extra')} facts={lead.extra} />
      <p className={styles.muted}>{t('leads.page.completeness', { percent: lead.completeness })}</p>
    </>
  )
}

function CustomFields({ lead, onChange }: DetailsProps) {
  const { t } = useTranslation()
  const fields = useCustomFields()
  if (fields.length === 0) return null
  return (
    <section className={styles.section}>
      <h2>{t('leads.page.custom')}</h2>
      <dl className={styles.fields}>
        {fields.map((field) => {
          const key = field.key.replace(/^custom\./, '')
          return (
            <Fact key={field.key} label={field.label}>
              {field.type === 'file' ? <FileFact lead={lead} field={field} value={lead.custom[key]} /> : <FieldValue field={field} value={lead.custom[key]} currency={lead.currency} disabled={!lead.can.change || !field.writable} onSave={(value) => onChange({ custom: { ...lead.custom, [key]: value } })} />}
            </Fact>
          )
        })}
      </dl>
    </section>
  )
}

/** The workspace's own fields of the person. */
function PersonFields({ lead, onChange }: DetailsProps) {
  const fields = useCustomFields('contact')
  if (fields.length === 0) return null
  return (
    <dl className={styles.fields}>
      {fields.map((field) => {
        const key = field.key.replace(/^custom\./, '')
        const { contact } = lead
        return (
          <Fact key={field.key} label={field.label}>
            <FieldValue field={field} value={contact.custom[key]} currency={lead.currency} disabled={!lead.can.change} onSave={(value) => onChange({ contact: { ...contact, custom: { ...contact.custom, [key]: value } } })} />
          </Fact>
        )
      })}
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
          <Fact key={name} label={name.replaceAll('_', ' ')}>
            <div className={styles.plain}>
              <bdi>{typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)}</bdi>
            </div>
          </Fact>
        ))}
      </dl>
    </section>
  )
}
