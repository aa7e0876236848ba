import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { useMe } from '@/api/me'
import { shownValue } from '@/records/values'
import { useLeadFields, useMembers, usePipelines } from './lists'

/** The record's own names for fields that are described under another one. */
const DESCRIBED: Record<string, string> = { stage_id: 'stage', contact_name: 'contact.name', company_name: 'company', phone: 'contact.phone', email: 'contact.email', city: 'contact.city' }

const isNamed = (value: unknown): value is { name: string } => typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'

export type ChangeWords = { label: (key: string) => string; value: (key: string, value: unknown) => string }

/** Fields of other records, under the words their own screens have for them. */
const SETTINGS = ['name', 'colour', 'probability', 'rots_after_days', 'required_fields', 'position', 'role', 'teams', 'phone', 'active', 'member_ids', 'archived', 'currency', 'timezone', 'language', 'country'] as const
const isSetting = (key: string): key is (typeof SETTINGS)[number] => (SETTINGS as readonly string[]).includes(key)

/** What a change of a record says, for people who have to decide about it. */
export function useChangeWords(kind: string): ChangeWords {
  const { t, i18n } = useTranslation()
  const { workspace } = useMe()
  const ofLead = kind.startsWith('lead.')
  const fields = useLeadFields(ofLead)
  const members = useMembers()
  const stages = usePipelines().flatMap((pipeline) => pipeline.stages)
  const words = { language: i18n.language, currency: workspace.currency, yes: t('leads.field.yes'), no: t('leads.field.no') }
  const described = (key: string): Field | undefined => {
    const known = DESCRIBED[key] ?? key.replace(/^contact\.custom\./, 'contact.')
    return ofLead ? fields.find((field) => field.key === known) : undefined
  }
  const plain = (given: unknown): string => (typeof given === 'boolean' ? (given ? words.yes : words.no) : typeof given === 'string' || typeof given === 'number' ? String(given) : '')

  function value(key: string, given: unknown): string {
    if (key === 'stage_id') return stages.find(({ id }) => id === given)?.name ?? '–'
    if (Array.isArray(given)) return given.map((one) => (isNamed(one) ? one.name : (members.find(({ id }) => id === one)?.name ?? plain(one)))).join(', ') || '–'
    if (isNamed(given)) return given.name
    const field = described(key)
    const shown = field ? shownValue(field, given, words) : plain(given)
    return shown === '' ? '–' : shown
  }
  return { label: (key) => described(key)?.label ?? (!ofLead && isSetting(key) ? t(`sync.field.${key}`) : (key.split('.').at(-1) ?? key)), value }
}
