import { Button, Select } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import type { Member, Source } from '@/api/shapes'
import { speakOfSettings } from '@/i18n'
import { usePhone } from '@/lib/screen'
import { conditionWords } from './filter/conditionWords'
import { linesOf, without, type LeadFilters } from './filters'
import { useLeadFields } from './lists'

const FilterBuilder = lazy(() => Promise.all([import('./filter/FilterBuilder'), speakOfSettings()]).then(([part]) => part))

type Props = {
  filters: LeadFilters
  members: readonly Member[]
  sources: readonly Source[]
  onChange: (change: LeadFilters) => void
}

/** The two filters people use all day, whose and from where; any other condition behind one button. */
export function FilterBar({ filters, members, sources, onChange }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const [building, setBuilding] = useState(false)
  const size = { w: phone ? '100%' : 124, clearable: true, comboboxProps: { width: 220, position: 'bottom-end' as const } }
  return (
    <>
      <Select
        {...size}
        data-filter
        aria-label={t('leads.board.anyOwner')}
        placeholder={t('leads.board.anyOwner')}
        data={members.filter((member) => member.active).map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.owner ?? null}
        onChange={(owner) => onChange({ owner: owner ?? undefined })}
      />
      <Select
        {...size}
        aria-label={t('leads.board.anySource')}
        placeholder={t('leads.board.anySource')}
        data={sources.map(({ key, label }) => ({ value: key, label }))}
        value={filters.source ?? null}
        onChange={(source) => onChange({ source: source ?? undefined })}
      />
      <Button leftSection={<IconFilter size={15} stroke={1.7} aria-hidden />} onClick={() => setBuilding(true)}>
        {t('leads.filter.open')}
      </Button>
      <Suspense>{building && <FilterBuilder where={filters.where} onApply={(where) => onChange({ where })} onClose={() => setBuilding(false)} />}</Suspense>
    </>
  )
}

export type FilterWord = { key: string; label: string; off: LeadFilters }

/** The filters that are on, as words for the chips, each with the change that takes it off. */
export function useFilterWords({ filters, members, sources }: Omit<Props, 'onChange'>): FilterWord[] {
  const { owner, source, where } = filters
  const conditions = useConditionWords(where, members)
  const words: FilterWord[] = []
  if (owner !== undefined) words.push({ key: 'owner', label: members.find(({ id }) => id === owner)?.name ?? '…', off: { owner: undefined } })
  if (source !== undefined) words.push({ key: 'source', label: sources.find(({ key }) => key === source)?.label ?? source, off: { source: undefined } })
  return [...words, ...conditions]
}

function useConditionWords(where: LeadFilters['where'], members: readonly Member[]): FilterWord[] {
  const { t, i18n } = useTranslation()
  const { workspace } = useMe()
  const fields = useLeadFields(where !== undefined)
  const [, setSpoken] = useState(false)
  useEffect(() => {
    if (where !== undefined) void speakOfSettings().then(() => setSpoken(true))
  }, [where])
  if (where === undefined) return []
  const lines = linesOf(where)
  if (!lines) return [{ key: 'where', label: t('leads.filter.whole'), off: { where: undefined } }]
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const op = (key: string) => t(`flow.op.${key}` as 'flow.op.eq', { defaultValue: '' })
  const words = { language: i18n.language, currency: workspace.currency, yes: t('leads.field.yes'), no: t('leads.field.no'), op, names }
  return lines.map((line, index) => ({ key: `where.${index}`, label: conditionWords(line, fields, words), off: { where: without(where, index) } }))
}
