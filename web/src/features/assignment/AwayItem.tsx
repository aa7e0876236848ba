import { Menu } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeAvailability } from '@/api/assignment'
import { useMe } from '@/api/me'
import { newId } from '@/lib/uuid'
import { AVAILABILITIES } from './availability'

/** The switch of the own absence in the menu of the account. */
export function AwayItem({ tick }: { tick: (on: boolean) => ReactNode }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { member } = useMe()
  const away = useQuery(AVAILABILITIES).data?.find((one) => one.member.id === member.id)?.away
  if (away === undefined) return null
  const turn = () =>
    changeAvailability(member.id, { away: !away }, newId())
      .catch(() => undefined)
      .then(() => client.invalidateQueries({ queryKey: AVAILABILITIES.queryKey }))
  return (
    <Menu.Item closeMenuOnClick={false} leftSection={tick(away)} onClick={() => void turn()}>
      {t('app.away')}
    </Menu.Item>
  )
}
