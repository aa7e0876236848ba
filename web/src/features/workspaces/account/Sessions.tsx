import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { endSessions, getSessions, type Session } from '@/api/account'
import { Chip } from '@/ui/Chip'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Section } from '@/ui/Screen'
import { deviceName } from './device'

const KEY = ['account', 'sessions']

/** Where the member is logged in, and how to log the other places out. */
export function Sessions() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const [wrong, setWrong] = useState<string>()
  const found = useQuery({ queryKey: KEY, queryFn: getSessions, meta: { keep: false } })
  const others = found.data?.filter((session) => !session.is_current) ?? []
  const end = (sessions: readonly Session[]) => {
    setWrong(undefined)
    endSessions(sessions.map(({ id }) => id))
      .then(() => client.invalidateQueries({ queryKey: KEY }))
      .catch((error: unknown) => setWrong(say(error)))
  }
  return (
    <Section title={t('settings.sessions.title')} action={others.length > 1 && <Button onClick={() => end(others)}>{t('settings.sessions.endAll')}</Button>}>
      <Loaded found={found} bones={2}>
        {(sessions) => (
          <Rows label={t('settings.sessions.title')}>
            {sessions.map((session) => (
              <Row
                key={session.id}
                title={
                  <>
                    <bdi>{deviceName(session.user_agent)}</bdi>
                    {session.is_current && <Chip tone="ok">{t('settings.sessions.here')}</Chip>}
                  </>
                }
                detail={
                  <>
                    <bdi dir="ltr">{session.ip}</bdi> · <When at={new Date(session.created_at * 1000).toISOString()} />
                  </>
                }
                end={!session.is_current && <Button onClick={() => end([session])}>{t('settings.sessions.end')}</Button>}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
    </Section>
  )
}
