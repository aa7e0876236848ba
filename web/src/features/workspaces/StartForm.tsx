import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Country, Start, StartIn } from '@/api/shapes'
import { LANGUAGES } from '@/i18n'
import { doorStyles } from './Door'
import { Password } from './Password'
import { presetFor } from './presets'

type Form = UseFormReturnType<StartIn>
type Props = { start: Start; onStart: (body: StartIn) => Promise<Record<string, string> | null> }

const COMPANY_FIELDS = ['company', 'country'] as const

/** The first run in two steps: the company, then its administrator. */
export function StartForm({ start, onStart }: Props) {
  const { t, i18n } = useTranslation()
  const [step, setStep] = useState<'company' | 'you'>('company')
  const [busy, setBusy] = useState(false)
  const form = useForm<StartIn>({
    initialValues: {
      company: '',
      ...presetFor(start.countries, navigator.languages, i18n.language),
      name: '',
      email: '',
      password: '',
      sample_data: true,
    },
    validate: {
      company: (value) => (value.trim() === '' ? t('auth.setup.needCompany') : null),
      name: (value) => (value.trim() === '' ? t('auth.setup.needName') : null),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('auth.setup.needEmail')),
      password: (value) => (value.length < 8 ? t('auth.setup.needPassword') : null),
    },
  })

  function toYou(): void {
    const wrong = COMPANY_FIELDS.map((field) => form.validateField(field).hasError)
    if (!wrong.includes(true)) setStep('you')
  }

  async function submit(values: StartIn): Promise<void> {
    setBusy(true)
    const errors = await onStart({ ...values, company: values.company.trim(), name: values.name.trim(), email: values.email.trim() })
    setBusy(false)
    if (!errors) return
    form.setErrors(errors)
    if (COMPANY_FIELDS.some((field) => field in errors)) setStep('company')
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (step === 'company') toYou()
        else form.onSubmit(submit)(event)
      }}
    >
      {step === 'company' ? <CompanyFields form={form} countries={start.countries} /> : <YourFields form={form} />}
      <div className={doorStyles.row}>
        {step === 'you' ? <Button onClick={() => setStep('company')}>{t('auth.setup.back')}</Button> : <span />}
        <Button type="submit" variant="filled" loading={busy}>
          {t(step === 'company' ? 'auth.setup.next' : 'auth.setup.submit')}
        </Button>
      </div>
    </form>
  )
}

function named(codes: readonly string[], type: 'region' | 'currency', language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type, fallback: 'code' })
  return codes
    .map((code) => ({ value: code, label: type === 'currency' ? `${code} · ${names.of(code)}` : (names.of(code) ?? code) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, language))
}

function CompanyFields({ form, countries }: { form: Form; countries: readonly Country[] }) {
  const { t, i18n } = useTranslation()
  const regions = useMemo(() => named(countries.map((one) => one.code), 'region', i18n.language), [countries, i18n.language])
  const currencies = useMemo(() => named(Intl.supportedValuesOf('currency'), 'currency', i18n.language), [i18n.language])
  const zones = useMemo(() => [...new Set([...Intl.supportedValuesOf('timeZone'), ...countries.map((one) => one.timezone), 'UTC'])].toSorted(), [countries])
  const languages = LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))

  function chooseCountry(code: string | null): void {
    const found = countries.find((one) => one.code === code)
    if (!found) return
    const { language, timezone, currency, phone_region } = found
    const spoken = languages.some((one) => one.value === language) ? language : 'en'
    form.setValues({ country: found.code, language: spoken, timezone, currency, phone_region })
  }

  const shared = { searchable: true, allowDeselect: false, nothingFoundMessage: t('ui.noMatches') }
  return (
    <>
      <p>{t('auth.setup.companyHint')}</p>
      <TextInput label={t('auth.setup.companyName')} dir="auto" autoComplete="organization" autoFocus {...form.getInputProps('company')} />
      <Select label={t('auth.setup.country')} data={regions} {...shared} {...form.getInputProps('country')} onChange={chooseCountry} />
      <div className={doorStyles.pair}>
        <Select label={t('auth.setup.language')} data={languages} allowDeselect={false} {...form.getInputProps('language')} />
        <Select label={t('auth.setup.currency')} data={currencies} {...shared} {...form.getInputProps('currency')} />
        <Select label={t('auth.setup.timeZone')} data={zones} {...shared} {...form.getInputProps('timezone')} />
        <Select label={t('auth.setup.phoneRegion')} data={regions} {...shared} {...form.getInputProps('phone_region')} />
      </div>
    </>
  )
}

function YourFields({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput label={t('auth.setup.name')} dir="auto" autoComplete="name" autoFocus {...form.getInputProps('name')} />
      <TextInput label={t('auth.setup.email')} type="email" dir="ltr" autoComplete="username" {...form.getInputProps('email')} />
      <Password label={t('auth.setup.password')} description={t('auth.setup.passwordHint')} dir="ltr" autoComplete="new-password" {...form.getInputProps('password')} />
      <Switch label={t('auth.setup.sample')} description={t('auth.setup.sampleHint')} {...form.getInputProps('sample_data', { type: 'checkbox' })} />
    </>
  )
}
