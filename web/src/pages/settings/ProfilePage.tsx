import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { PasswordSection } from '@/features/workspaces/account/PasswordSection'
import { SecondStep } from '@/features/workspaces/account/SecondStep'
import { Sessions } from '@/features/workspaces/account/Sessions'
import { LANGUAGES } from '@/i18n'
import { useAppearance, type Appearance } from '@/lib/appearance'
import { useOutbox } from '@/offline/session'
import { changeOf } from '@/offline/records'
import { Refusals, SaveMark } from '@/records/Saving'
import { AutoField } from '@/ui/AutoField'
import { Pair, Screen, Section } from '@/ui/Screen'

const KINDS = ['workspaces.me']
const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['compact', 'comfortable'] as const

type Props = { onLook: (look: Partial<Pick<Appearance, 'theme' | 'density' | 'language'>>) => void }

/** What a member decides about themselves: name, look, password, second step, devices. */
export default function ProfilePage({ onLook }: Props) {
  const { t } = useTranslation()
  const { member } = useMe()
  const outbox = useOutbox()
  const look = useAppearance()
  const change = (fields: { name?: string; phone?: string }) => void outbox.add({ ...changeOf('workspaces.me', member, fields), baseVersion: null })
  return (
    <Screen title={t('settings.screen.profile')} status={<SaveMark kinds={KINDS} />}>
      <Refusals kinds={KINDS} />
      <Section title={t('settings.profile.you')}>
        <Pair>
          <AutoField
            label={t('settings.profile.name')}
            value={member.name}
            autoComplete="name"
            check={(text) => (text === '' ? t('auth.setup.needName') : undefined)}
            onSave={(name) => change({ name })}
          />
          <AutoField label={t('settings.profile.phone')} description={t('settings.profile.phoneHint')} type="tel" dir="ltr" autoComplete="tel" value={member.phone} onSave={(phone) => change({ phone })} />
        </Pair>
        <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 12px', fontSize: 13 }}>
          <dt style={{ color: 'var(--ink2)' }}>{t('auth.login.email')}</dt>
          <dd style={{ margin: 0 }}>
            <bdi dir="ltr">{member.email}</bdi>
          </dd>
          <dt style={{ color: 'var(--ink2)' }}>{t('settings.members.role')}</dt>
          <dd style={{ margin: 0 }}>{t(`settings.role.${member.role}`)}</dd>
        </dl>
      </Section>
      <Section title={t('settings.profile.look')}>
        <Pair>
          <Choice label={t('app.theme.title')} value={look.theme} data={THEMES.map((value) => ({ value, label: t(`app.theme.${value}`) }))} onChange={(theme) => onLook({ theme })} />
          <Choice label={t('app.density.title')} value={look.density} data={DENSITIES.map((value) => ({ value, label: t(`app.density.${value}`) }))} onChange={(density) => onLook({ density })} />
          <Select
            label={t('app.language')}
            value={look.language}
            allowDeselect={false}
            data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(language) => language !== null && onLook({ language })}
          />
        </Pair>
      </Section>
      <PasswordSection />
      <SecondStep />
      <Sessions />
    </Screen>
  )
}

type ChoiceProps<T extends string> = { label: string; value: T; data: { value: T; label: string }[]; onChange: (value: T) => void }

function Choice<T extends string>({ label, value, data, onChange }: ChoiceProps<T>) {
  return (
    <div style={{ display: 'grid', gap: 4 }}>
      <span aria-hidden style={{ fontSize: 12, fontWeight: 560, color: 'var(--ink2)' }}>
        {label}
      </span>
      <SegmentedControl size="xs" aria-label={label} value={value} data={data} onChange={(chosen) => onChange(chosen)} />
    </div>
  )
}

