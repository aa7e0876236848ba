import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getLogins } from '@/api/workspaces'
import { deviceName } from '@/features/workspaces/account/device'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

/** The newest logins, good and failed. */
export function LoginsPage() {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['members', 'logins'], queryFn: getLogins, meta: { keep: false } })
  return (
    <Screen title={t('settings.screen.logins')} intro={t('settings.logins.intro')}>
      <Loaded found={found} bones={6}>
        {(logins) =>
          logins.length === 0 ? (
            <EmptyState text={t('settings.logins.empty')} />
          ) : (
            <Rows label={t('settings.screen.logins')}>
              {logins.map((login) => (
                <Row
                  key={login.id}
                  title={
                    <>
                      <bdi>{login.member_name || login.email}</bdi>
                      <Chip tone={login.succeeded ? 'ok' : 'hot'}>{t(login.succeeded ? 'settings.logins.good' : 'settings.logins.failed')}</Chip>
                    </>
                  }
                  detail={
                    <>
                      <bdi dir="ltr">{login.email}</bdi> · <bdi dir="ltr">{login.address ?? '–'}</bdi> · <bdi>{deviceName(login.agent)}</bdi>
                      {login.reason !== '' && <> · {login.reason}</>}
                    </>
                  }
                  end={<When at={login.at} />}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Screen>
  )
}
