import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { useMe } from '@/api/me'
import { shownValue } from '@/records/values'
import { useLeadFields, usePipelines } from './lists'

/** The record's own names for fields that are described under another one. */
const DESCRIBED: Record<string, string> = { stage_id: 'stage', contact_name: 'contact.name', company_name: 'company', phone: 'contact.phone', email: 'contact.email', city: 'contact.city' }

const isNamed = (value: unknown): value is { name: string } => typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'

export type ChangeWords = { label: (key: string) => string; value: (key: string, value: unknown) => string }

/** What a change of a lead says, for people who have to decide about it. */
export function useChangeWords(): ChangeWords {
  const { t, i18n } = useTranslation()
  const { workspace } = useMe()
  const fields = useLeadFields()
  const stages = usePipelines().flatMap((pipeline) => pipeline.stages)
  const words = { language: i18n.language, currency: workspace.currency, yes: t('leads.field.yes'), no: t('leads.field.no') }
  const described = (key: string): Field | undefined => fields.find((field) => field.key === (DESCRIBED[key] ?? key))

  function value(key: string, given: unknown): string {
    if (key === 'stage_id') return stages.find(({ id }) => id === given)?.name ?? '–'
    if (key === 'custom' && typeof given === 'object' && given !== null) return Object.entries(given).map(([own, one]) => value(`custom.${own}`, one)).join(', ')
    if (isNamed(given)) return given.name
    const field = described(key)
    const shown = field ? shownValue(field, given, words) : typeof given === 'string' || typeof given === 'number' ? String(given) : ''
    return shown === '' ? '–' : shown
  }
  return { label: (key) => described(key)?.label ?? (key === 'custom' ? t('leads.page.custom') : key), value }
}
