import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changeCompany, getCompany } from '@/api/companies'
import type { Lead } from '@/api/shapes'
import { newId } from '@/lib/uuid'
import { FieldValue } from '@/records/FieldValue'
import { useSentence } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'
import { useCustomFields } from '../lists'
import { Fact } from './Fact'
import styles from './Lead.module.css'

/** The workspace's own fields of the company; they are the same on every lead of it. */
export function CompanyFields({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const say = useSentence()
  const client = useQueryClient()
  const fields = useCustomFields('company')
  const id = lead.contact.company?.id
  const key = ['leads', 'company', id]
  const company = useQuery({ queryKey: key, queryFn: ({ signal }) => getCompany(id ?? '', signal), enabled: id !== undefined && fields.length > 0 }).data
  const change = useMutation({
    mutationFn: (custom: Record<string, unknown>) => changeCompany(id ?? '', custom, newId()),
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
  if (!company || fields.length === 0) return null
  return (
    <section className={styles.section} aria-label={t('leads.field.company')}>
      <h2>{t('leads.field.company')}</h2>
      {change.isError && <Note tone="hot">{say(change.error)}</Note>}
      <dl className={styles.fields}>
        {fields.map((field) => {
          const name = field.key.replace(/^custom\./, '')
          return (
            <Fact key={field.key} label={field.label}>
              <FieldValue field={field} value={company.custom[name]} currency={lead.currency} disabled={!lead.can.change || change.isPending} onSave={(value) => change.mutate({ [name]: value })} />
            </Fact>
          )
        })}
      </dl>
    </section>
  )
}
