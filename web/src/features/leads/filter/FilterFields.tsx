import { Button, Select } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member, Source } from '@/api/shapes'
import { speakOfSettings } from '@/i18n'
import { usePhone } from '@/lib/screen'
import type { LeadFilters } from '../filters'

const FilterBuilder = lazy(() => Promise.all([import('./FilterBuilder'), speakOfSettings()]).then(([part]) => part))

export type Props = {
  filters: LeadFilters
  members: readonly Member[]
  sources: readonly Source[]
  onChange: (change: LeadFilters) => void
}

/** The two filters people use all day, whose and from where; any other condition behind one button. */
export function FilterFields({ filters, members, sources, onChange }: Props) {
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
