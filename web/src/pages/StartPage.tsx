import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/problem'
import type { StartIn } from '@/api/shapes'
import { getStart, start } from '@/api/start'
import { Door, Wrong } from '@/features/workspaces/Door'
import { StartForm } from '@/features/workspaces/StartForm'
import { changeAppearance } from '@/lib/appearance'
import { newId } from '@/lib/uuid'
import { Bone, Loading } from '@/ui/states'

/** The first page of a new Leadline. */
export function StartPage() {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string>()
  const [key] = useState(newId)
  const found = useQuery({ queryKey: ['start'], queryFn: getStart, retry: 2, staleTime: Infinity })

  async function submit(body: StartIn): Promise<Record<string, string> | null> {
    setWrong(undefined)
    try {
      await start(body, key)
      changeAppearance({ language: body.language })
      location.assign('/')
      return null
    } catch (error) {
      const fields = error instanceof Problem ? error.fields : {}
      if (Object.keys(fields).length === 0) setWrong(error instanceof Problem ? error.message : t('auth.login.unreachable'))
      return fields
    }
  }

  return (
    <Door title={t('auth.setup.title')} wide>
      {found.isPending && (
        <Loading>
          <Bone height={240} />
        </Loading>
      )}
      {found.isError && (
        <>
          <Wrong>{t('auth.login.unreachable')}</Wrong>
          <Button onClick={() => void found.refetch()}>{t('ui.retry')}</Button>
        </>
      )}
      {found.data?.first_run === true && <StartForm start={found.data} onStart={submit} />}
      {found.data?.first_run === false && (
        <Button component="a" href="/login" variant="filled">
          {t('auth.login.title')}
        </Button>
      )}
      {wrong !== undefined && <Wrong>{wrong}</Wrong>}
    </Door>
  )
}
