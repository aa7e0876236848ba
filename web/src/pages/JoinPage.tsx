import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getInvitation, join, type Invitation } from '@/api/start'
import { Door, Wrong } from '@/features/workspaces/Door'
import { Password } from '@/features/workspaces/Password'
import { newId } from '@/lib/uuid'
import { Bone, Loading } from '@/ui/states'

/** Accepts an invitation: a name, a password, and in. */
export function JoinPage({ token }: { token: string }) {
  const { t } = useTranslation()
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: () => getInvitation(token), retry: false })
  if (invitation.isPending) {
    return (
      <Door title={t('app.name')}>
        <Loading>
          <Bone height={30} />
        </Loading>
      </Door>
    )
  }
  if (invitation.isError) {
    return (
      <Door title={t('app.name')}>
        <Wrong>{t('auth.invite.invalid')}</Wrong>
      </Door>
    )
  }
  return <JoinForm token={token} invitation={invitation.data} />
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation()
  const [name, setName] = useState(invitation.name)
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    setBusy(true)
    try {
      await join({ token, name: name.trim(), password }, newId())
      location.assign('/')
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }

  return (
    <Door title={t('auth.invite.title', { workspace: invitation.workspace })}>
      <p>
        <bdi>{t(invitation.has_login ? 'auth.invite.known' : 'auth.invite.hint', { email: invitation.email })}</bdi>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {!invitation.has_login && (
          <TextInput label={t('auth.invite.name')} dir="auto" autoComplete="name" required withAsterisk={false} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        )}
        <Password label={t('auth.invite.password')} description={invitation.has_login ? undefined : t('auth.setup.passwordHint')} dir="ltr" autoComplete={invitation.has_login ? 'current-password' : 'new-password'} required withAsterisk={false} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        <Button type="submit" variant="filled" loading={busy}>
          {t('auth.invite.submit')}
        </Button>
      </form>
      {wrong !== undefined && <Wrong>{wrong}</Wrong>}
    </Door>
  )
}
