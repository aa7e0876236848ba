import { Radio, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Import, Options } from '@/api/transfer'
import { Pair } from '@/ui/Screen'

type Named = { id: string; name: string }
type Props = { run: Import; members: readonly Named[]; sources: readonly { key: string; label: string }[]; onChange: (options: Options) => void }

const DUPLICATES = ['skip', 'update', 'create'] as const

/** The terms of an import, each with what it means. */
export function Terms({ run, members, sources, onChange }: Props) {
  const { t } = useTranslation()
  const options: Options = { duplicates: run.options.duplicates ?? 'skip', defaults: run.options.defaults ?? {}, owner_id: run.options.owner_id ?? null, quiet: run.options.quiet ?? true }
  const [campaign, setCampaign] = useState(options.defaults.campaign ?? '')
  const leads = run.object === 'lead'
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      {run.object !== 'company' && (
        <Radio.Group label={t('transfer.terms.duplicates')} value={options.duplicates} onChange={(value) => onChange({ ...options, duplicates: value })}>
          <div style={{ display: 'grid', gap: 8, marginTop: 6 }}>
            {DUPLICATES.map((value) => (
              <Radio key={value} value={value} label={t(`transfer.terms.${value}`)} description={t(`transfer.terms.${value}Means`)} />
            ))}
          </div>
        </Radio.Group>
      )}
      {leads && (
        <>
          <Pair>
            <Select
              label={t('transfer.terms.source')}
              description={t('transfer.terms.sourceMeans')}
              data={sources.map(({ key, label }) => ({ value: key, label }))}
              value={options.defaults.source ?? 'import'}
              searchable
              onChange={(source) => onChange({ ...options, defaults: { ...options.defaults, source: source ?? '' } })}
            />
            <TextInput
              label={t('transfer.terms.campaign')}
              description={t('transfer.terms.campaignMeans')}
              value={campaign}
              onChange={(event) => setCampaign(event.currentTarget.value)}
              onBlur={() => campaign !== (options.defaults.campaign ?? '') && onChange({ ...options, defaults: { ...options.defaults, campaign } })}
            />
          </Pair>
          <Select
            label={t('transfer.terms.owner')}
            description={t('transfer.terms.ownerMeans')}
            placeholder={t('transfer.terms.byRules')}
            data={members.map(({ id, name }) => ({ value: id, label: name }))}
            value={options.owner_id}
            clearable
            searchable
            onChange={(owner_id) => onChange({ ...options, owner_id })}
          />
          <Switch
            label={t('transfer.terms.quiet')}
            description={t(options.quiet ? 'transfer.terms.quietMeans' : 'transfer.terms.loudMeans')}
            checked={options.quiet}
            onChange={(event) => onChange({ ...options, quiet: event.currentTarget.checked })}
          />
        </>
      )}
    </div>
  )
}
