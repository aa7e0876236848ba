import { Menu } from '@mantine/core'
import { IconCheck, IconLogout } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { AwayItem } from '@/features/assignment/AwayItem'
import { LANGUAGES } from '@/i18n'
import { useAppearance } from '@/lib/appearance'
import { useOperations } from '@/offline/session'
import { Avatar } from '@/ui/Avatar'
import { chooseLook } from '../look'

const LogOutDialog = lazy(() => import('./LogOutDialog'))

const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['compact', 'comfortable'] as const

/** The avatar at the end of the top bar: look, language, log out. */
export function AccountMenu({ onLogOut }: { onLogOut: () => void }) {
  const { t } = useTranslation()
  const { member } = useMe()
  const look = useAppearance()
  const waiting = useOperations().length
  const [sure, setSure] = useState(false)
  const tick = (on: boolean) => <IconCheck size={14} style={{ visibility: on ? 'visible' : 'hidden' }} aria-hidden />

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <button
            type="button"
            aria-label={t('app.account', { name: member.name })}
            style={{ border: 0, background: 'none', padding: 4, cursor: 'pointer', borderRadius: '50%', minInlineSize: 'var(--control)', minBlockSize: 'var(--control)' }}
          >
            <Avatar name={member.name} size={28} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <bdi>{member.name}</bdi>
            <br />
            <bdi>{member.email}</bdi>
          </Menu.Label>
          <Menu.Divider />
          <AwayItem tick={tick} />
          <Menu.Divider />
          <Menu.Label>{t('app.theme.title')}</Menu.Label>
          {THEMES.map((theme) => (
            <Menu.Item key={theme} leftSection={tick(look.theme === theme)} onClick={() => void chooseLook({ theme })}>
              {t(`app.theme.${theme}`)}
            </Menu.Item>
          ))}
          <Menu.Label>{t('app.density.title')}</Menu.Label>
          {DENSITIES.map((density) => (
            <Menu.Item key={density} leftSection={tick(look.density === density)} onClick={() => void chooseLook({ density })}>
              {t(`app.density.${density}`)}
            </Menu.Item>
          ))}
          <Menu.Label>{t('app.language')}</Menu.Label>
          {LANGUAGES.map(({ code, name }) => (
            <Menu.Item key={code} lang={code} leftSection={tick(look.language === code)} onClick={() => void chooseLook({ language: code })}>
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={14} aria-hidden />} onClick={() => (waiting > 0 ? setSure(true) : onLogOut())}>
            {t('app.logOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{sure && <LogOutDialog waiting={waiting} onClose={() => setSure(false)} onLogOut={onLogOut} />}</Suspense>
    </>
  )
}
