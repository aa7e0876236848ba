import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import type { Country } from '@/api/shapes'
import { getStart } from '@/api/start'
import { getWorkspace, type Workspace } from '@/api/workspaces'
import { named, timeZones } from '@/features/workspaces/locale'
import { LANGUAGES } from '@/i18n'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { AutoField } from '@/ui/AutoField'
import { Loaded } from '@/ui/Loaded'
import { Note, Pair, Screen, Section } from '@/ui/Screen'

const KINDS = ['workspaces.company']
const KEY = ['members', 'company']

/** The company: its name and what its country decides. */
export function CompanyPage() {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const mayChange = useRight('settings:write')
  const found = useQuery({ queryKey: KEY, queryFn: getWorkspace })
  const offered = useQuery({ queryKey: ['members', 'countries'], queryFn: getStart, staleTime: Infinity })
  const workspace = usePainted(KEY, found.data)
  const save = (fields: Partial<Workspace>) => workspace && void outbox.add(changeOf('workspaces.company', workspace, fields))
  return (
    <Screen title={t('settings.screen.company')} intro={t('settings.company.intro')} status={<SaveMark kinds={KINDS} />}>
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Section>
        <Loaded found={{ ...found, data: workspace }}>
          {(company) => <CompanyFields company={company} countries={offered.data?.countries ?? []} disabled={!mayChange} onSave={save} />}
        </Loaded>
      </Section>
    </Screen>
  )
}

type Props = { company: Workspace; countries: readonly Country[]; disabled: boolean; onSave: (fields: Partial<Workspace>) => void }

function CompanyFields({ company, countries, disabled, onSave }: Props) {
  const { t, i18n } = useTranslation()
  const codes = useMemo(() => [...new Set([...countries.map((one) => one.code), company.country, company.phone_region])], [countries, company.country, company.phone_region])
  const regions = useMemo(() => named(codes, 'region', i18n.language), [codes, i18n.language])
  const currencies = useMemo(() => named(Intl.supportedValuesOf('currency'), 'currency', i18n.language), [i18n.language])
  const zones = useMemo(() => timeZones(countries, company.timezone), [countries, company.timezone])
  const select = (field: 'country' | 'language' | 'currency' | 'timezone' | 'phone_region') => ({
    value: company[field],
    allowDeselect: false,
    searchable: true,
    disabled,
    nothingFoundMessage: t('ui.noMatches'),
    onChange: (value: string | null) => value !== null && value !== company[field] && onSave({ [field]: value }),
  })
  return (
    <>
      <AutoField label={t('auth.setup.companyName')} value={company.name} disabled={disabled} check={(text) => (text === '' ? t('auth.setup.needCompany') : undefined)} onSave={(name) => onSave({ name })} />
      <Pair>
        <Select label={t('auth.setup.country')} data={regions} {...select('country')} />
        <Select label={t('settings.company.language')} description={t('settings.company.languageHint')} data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))} {...select('language')} />
        <Select label={t('auth.setup.timeZone')} data={zones} {...select('timezone')} />
        <Select label={t('auth.setup.currency')} data={currencies} {...select('currency')} />
        <Select label={t('auth.setup.phoneRegion')} data={regions} {...select('phone_region')} />
      </Pair>
    </>
  )
}
