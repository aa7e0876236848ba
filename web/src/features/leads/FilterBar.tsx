import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import type { Member } from '@/api/shapes'
import { speakOfSettings } from '@/i18n'
import { Bone } from '@/ui/states'
import { conditionWords } from './filter/conditionWords'
import type { Props } from './filter/FilterFields'
import { linesOf, without, type LeadFilters } from './filters'
import { useLeadFields } from './lists'

const FilterFields = lazy(() => import('./filter/FilterFields').then((part) => ({ default: part.FilterFields })))

/** The filters of a list of leads; the list is not kept waiting for them. */
export function FilterBar(props: Props) {
  return (
    <Suspense
      fallback={
        <>
          <Bone width={124} height={30} />
          <Bone width={124} height={30} />
          <Bone width={84} height={30} />
        </>
      }
    >
      <FilterFields {...props} />
    </Suspense>
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
