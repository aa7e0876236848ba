import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Member, Source } from '@/api/shapes'
import { usePhone } from '@/lib/screen'
import type { LeadFilters } from './filters'

type Props = {
  filters: LeadFilters
  members: readonly Member[]
  sources: readonly Source[]
  onChange: (change: LeadFilters) => void
}

/** The two filters people use all day: whose, and from where. */
export function FilterBar({ filters, members, sources, onChange }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const size = { w: phone ? '100%' : 160, clearable: true, comboboxProps: { width: 220, position: 'bottom-end' as const } }
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
    </>
  )
}

/** The filters that are on, as words for the chips. */
export function useFilterWords({ filters, members, sources }: Omit<Props, 'onChange'>): { key: keyof LeadFilters; label: string }[] {
  const words: { key: keyof LeadFilters; label: string }[] = []
  if (filters.owner !== undefined) words.push({ key: 'owner', label: members.find(({ id }) => id === filters.owner)?.name ?? '…' })
  if (filters.source !== undefined) words.push({ key: 'source', label: sources.find(({ key }) => key === filters.source)?.label ?? filters.source })
  return words
}
