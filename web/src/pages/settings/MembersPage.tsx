import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getMembers } from '@/api/leads'
import { useMe, useRight } from '@/api/me'
import type { Member } from '@/api/shapes'
import { getInvitations, getTeams, invite, withdrawInvitation } from '@/api/workspaces'
import { InviteDialog } from '@/features/workspaces/InviteDialog'
import { MemberDialog } from '@/features/workspaces/MemberDialog'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Avatar } from '@/ui/Avatar'
import { Chip } from '@/ui/Chip'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Screen, Section } from '@/ui/Screen'

const KINDS = ['workspaces.member']
const KEY = ['members', 'list']
const INVITED = ['members', 'invitations']

/** Who works here, as what, and who is invited. */
export function MembersPage() {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayManage = useRight('members:write')
  const found = useQuery({ queryKey: KEY, queryFn: getMembers })
  const teams = useQuery({ queryKey: ['members', 'teams'], queryFn: getTeams }).data ?? []
  const members = usePainted(KEY, found.data)
  const [inviting, setInviting] = useState(false)
  const [openId, setOpenId] = useState<string>()
  const open = members?.find(({ id }) => id === openId)
  return (
    <Screen
      title={t('settings.screen.members')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayManage && (
          <Button variant="filled" onClick={() => setInviting(true)}>
            {t('settings.invite.title')}
          </Button>
        )
      }
    >
      {!mayManage && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: members }} bones={4}>
        {(all) => (
          <Rows label={t('settings.screen.members')}>
            {all.map((member) => (
              <MemberRow key={member.id} member={member} onOpen={mayManage ? () => setOpenId(member.id) : undefined} />
            ))}
          </Rows>
        )}
      </Loaded>
      {mayManage && <Invitations />}
      {inviting && (
        <InviteDialog
          teams={teams}
          mayMakeOwners={me.member.role === 'owner'}
          onClose={() => setInviting(false)}
          onInvite={async (invitation) => {
            const made = await invite(invitation, newId())
            await client.invalidateQueries({ queryKey: INVITED })
            return made.link ?? ''
          }}
        />
      )}
      {open && (
        <MemberDialog member={open} teams={teams} me={me.member} onClose={() => setOpenId(undefined)} onSave={(fields) => void outbox.add(changeOf('workspaces.member', open, fields))} />
      )}
    </Screen>
  )
}

function MemberRow({ member, onOpen }: { member: Member; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation()
  const name = <bdi>{member.name}</bdi>
  return (
    <Row
      off={!member.active}
      title={
        <>
          <span aria-hidden>
            <Avatar name={member.name} size={24} />
          </span>
          {onOpen ? (
            <button type="button" onClick={onOpen}>
              {name}
            </button>
          ) : (
            name
          )}
          {!member.active && <Chip>{t('settings.members.inactive')}</Chip>}
        </>
      }
      detail={
        <>
          <bdi dir="ltr">{member.email}</bdi>
          {member.teams.map((team) => (
            <span key={team.id}>
              {' · '}
              <bdi>{team.name}</bdi>
            </span>
          ))}
        </>
      }
      end={t(`settings.role.${member.role}`)}
    />
  )
}

function Invitations() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const [wrong, setWrong] = useState<string>()
  const found = useQuery({ queryKey: INVITED, queryFn: getInvitations, meta: { keep: false } })
  if (found.data?.length === 0) return null
  const withdraw = (id: string) => {
    setWrong(undefined)
    withdrawInvitation(id)
      .then(() => client.invalidateQueries({ queryKey: INVITED }))
      .catch((error: unknown) => setWrong(say(error)))
  }
  return (
    <Section title={t('settings.invite.open')}>
      <Loaded found={found} bones={1}>
        {(invitations) => (
          <Rows label={t('settings.invite.open')}>
            {invitations.map((one) => (
              <Row
                key={one.id}
                title={<bdi>{one.name || one.email}</bdi>}
                detail={
                  <>
                    <bdi dir="ltr">{one.email}</bdi> · {t(`settings.role.${one.role}`)} · {t('settings.invite.until')} <When at={one.expires_at} />
                  </>
                }
                end={<Button onClick={() => withdraw(one.id)}>{t('settings.invite.withdraw')}</Button>}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
    </Section>
  )
}
