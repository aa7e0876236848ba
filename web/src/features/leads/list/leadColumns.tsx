import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import type { LeadRow } from '@/api/shapes'
import { shownValue } from '@/records/values'
import type { TableColumn } from '@/table/columns'
import { Ago, Money } from '@/ui/figures'
import { BandChip } from '@/ui/Chip'
import { SlaWord } from './SlaWord'

/** The columns of the leads table. */
export function useLeadColumns(sources: ReadonlyMap<string, string>, custom: readonly Field[]): TableColumn<LeadRow>[] {
  const { t, i18n } = useTranslation()
  return useMemo(
    () => [
      { key: 'name', label: t('leads.field.name'), width: 190, sort: 'name', cell: (row) => <bdi>{row.name || t('leads.board.untitled')}</bdi> },
      { key: 'company', label: t('leads.field.company'), width: 160, sort: 'company', cell: (row) => <bdi>{row.company_name}</bdi> },
      { key: 'score', label: t('leads.field.score'), width: 100, sort: 'score', cell: (row) => <BandChip band={row.band} score={row.score} /> },
      { key: 'chance', label: t('leads.field.chance'), width: 110, end: true, sort: 'chance', cell: (row) => row.chance !== null && <bdi>{new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(row.chance / 100)}</bdi> },
      { key: 'type', label: t('leads.field.type'), width: 90, cell: (row) => row.lead_type.toLocaleUpperCase() },
      { key: 'stage', label: t('leads.field.stage'), width: 130, cell: (row) => <bdi>{row.stage_name}</bdi> },
      { key: 'owner', label: t('leads.field.owner'), width: 130, cell: (row) => <bdi>{row.owner?.name}</bdi> },
      { key: 'source', label: t('leads.field.source'), width: 140, cell: (row) => <bdi>{sources.get(row.source) ?? row.source}</bdi> },
      { key: 'value', label: t('leads.field.value'), width: 110, end: true, sort: 'value_minor', cell: (row) => row.value_minor > 0 && <Money minor={row.value_minor} currency={row.currency} /> },
      { key: 'next', label: t('leads.field.next'), width: 150, cell: (row) => (row.next_step ? <bdi>{row.next_step}</bdi> : <i>{t('leads.board.noNext')}</i>) },
      { key: 'activity', label: t('leads.field.activity'), width: 110, sort: 'last_activity_at', cell: (row) => <Ago at={row.last_activity_at} /> },
      { key: 'sla', label: t('leads.field.sla'), width: 120, cell: (row) => <SlaWord state={row.sla} due={row.respond_by} /> },
      { key: 'phone', label: t('leads.field.phone'), width: 140, cell: (row) => <bdi dir="ltr">{row.phone}</bdi> },
      { key: 'email', label: t('leads.field.email'), width: 180, cell: (row) => <bdi dir="ltr">{row.email}</bdi> },
      { key: 'tags', label: t('leads.field.tags'), width: 150, cell: (row) => <bdi>{row.tags.join(', ')}</bdi> },
      { key: 'city', label: t('leads.field.city'), width: 110, sort: 'contact.city', cell: (row) => <bdi>{row.city}</bdi> },
      { key: 'created', label: t('leads.field.created'), width: 110, sort: 'created_at', cell: (row) => <Ago at={row.created_at} /> },
      ...custom.map((field): TableColumn<LeadRow> => ({
        key: field.key,
        label: field.label,
        width: 130,
        optional: true,
        ...(field.sortable && { sort: field.key }),
        end: field.type === 'number' || field.type === 'money',
        cell: (row) => <bdi>{shownValue(field, row.custom[field.key.replace(/^custom\./, '')], { language: i18n.language, currency: row.currency, yes: t('leads.field.yes'), no: t('leads.field.no') })}</bdi>,
      })),
    ],
    [t, i18n.language, sources, custom],
  )
}

/** Columns a new member does not see; one click in the columns menu shows them. */
export const HIDDEN_AT_FIRST = ['chance', 'phone', 'email', 'tags', 'city', 'created']
