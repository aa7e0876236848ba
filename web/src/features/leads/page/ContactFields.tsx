import { useTranslation } from 'react-i18next'
import type { Lead } from '@/api/shapes'
import { FieldEdit } from '@/ui/FieldEdit'
import { Fact, type DetailsProps } from './Fact'
import styles from './Lead.module.css'

const FIELDS = [
  ['contact_name', 'name', 'text'],
  ['phone', 'phone', 'tel'],
  ['email', 'email', 'email'],
  ['company_name', 'company', 'text'],
  ['city', 'city', 'text'],
] as const

/** How the server writes this phone number or address for people. */
function shownAs(lead: Lead, value: string): string {
  return lead.contact.identities.find((identity) => identity.value === value)?.shown ?? value
}

/** The person behind the lead. */
export function ContactFields({ lead, onChange }: Pick<DetailsProps, 'lead' | 'onChange'>) {
  const { t } = useTranslation()
  const mail = (text: string) => (text === '' || /^\S+@\S+\.\S+$/.test(text) ? undefined : t('auth.setup.needEmail'))
  const others = lead.contact.identities.filter(({ kind, value }) => (kind === 'phone' || kind === 'email') && value !== lead.phone && value !== lead.email)
  return (
    <dl className={styles.fields}>
      {FIELDS.map(([field, word, type]) => (
        <Fact key={field} label={t(`leads.field.${word}`)}>
          <FieldEdit
            label={t(`leads.field.${word}`)}
            value={lead[field]}
            shown={type === 'tel' ? <span dir="ltr">{shownAs(lead, lead[field])}</span> : type === 'email' ? <Mail address={lead[field]} /> : lead[field]}
            type={type}
            disabled={!lead.can.change}
            {...(type === 'email' && { check: mail })}
            onSave={(text) => onChange({ [field]: text.trim() })}
          />
          {others
            .filter(({ kind }) => kind === field)
            .map(({ value, shown }) => (
              <div key={value} className={styles.plain} dir="ltr">
                {shown}
              </div>
            ))}
        </Fact>
      ))}
    </dl>
  )
}

/** A long address breaks before its domain, not in the middle of a word. */
function Mail({ address }: { address: string }) {
  const [name, domain] = address.split('@')
  return (
    <span dir="ltr">
      {name}
      {domain !== undefined && (
        <>
          <wbr />@{domain}
        </>
      )}
    </span>
  )
}
