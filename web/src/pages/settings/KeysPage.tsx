import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { addApiKey, getApiKeys, revokeApiKey, type ApiKey } from '@/api/workspaces'
import { newId } from '@/lib/uuid'
import { CopyField } from '@/ui/CopyField'
import { Dialog } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KEY = ['members', 'keys']
const DAY = 24 * 60 * 60 * 1000
const LIVES = ['never', '30', '90', '365'] as const

/** Keys with which programs use the API. */
export function KeysPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const found = useQuery({ queryKey: KEY, queryFn: getApiKeys, meta: { keep: false } })
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  const refresh = () => client.invalidateQueries({ queryKey: KEY })
  return (
    <Screen
      title={t('settings.screen.keys')}
      intro={t('settings.keys.intro')}
      action={
        <Button variant="filled" onClick={() => setAdding(true)}>
          {t('settings.keys.add')}
        </Button>
      }
    >
      <Loaded found={found} bones={2}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState text={t('settings.keys.empty')} />
          ) : (
            <Rows label={t('settings.screen.keys')}>
              {keys.map((key) => (
                <Row
                  key={key.id}
                  title={
                    <>
                      <bdi>{key.name}</bdi> <code dir="ltr">{key.prefix}…</code>
                    </>
                  }
                  detail={<KeyFacts apiKey={key} />}
                  end={
                    <Button color="red" variant="subtle" onClick={() => setRevoking(key)}>
                      {t('settings.keys.revoke')}
                    </Button>
                  }
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <p style={{ margin: 0, fontSize: 13 }}>
        <a href="/api/v1/docs" target="_blank" rel="noreferrer" style={{ color: 'var(--accent-ink)' }}>
          {t('settings.keys.docs')}
        </a>
      </p>
      {adding && <KeyDialog onMade={refresh} onClose={() => setAdding(false)} />}
      {revoking && (
        <Dialog
          title={t('settings.keys.revokeTitle', { name: revoking.name })}
          submit={t('settings.keys.revoke')}
          danger
          onClose={() => setRevoking(undefined)}
          onSubmit={async () => {
            await revokeApiKey(revoking.id)
            await refresh()
            setRevoking(undefined)
          }}
        >
          <p style={{ margin: 0 }}>{t('settings.keys.revokeSure')}</p>
        </Dialog>
      )}
    </Screen>
  )
}

function KeyFacts({ apiKey: { scopes, member_name, last_used_at, expires_at } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  return (
    <>
      <bdi dir="ltr">{scopes.join(', ')}</bdi> · <bdi>{member_name}</bdi> · {t('settings.keys.used')} {last_used_at === null ? t('ui.never') : <When at={last_used_at} />}
      {expires_at !== null && (
        <>
          {' · '}
          {t('settings.keys.expires')} <When at={expires_at} />
        </>
      )}
    </>
  )
}

function KeyDialog({ onMade, onClose }: { onMade: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const { rights } = useMe()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['leads:read', 'leads:write'].filter((scope) => rights.includes(scope)))
  const [life, setLife] = useState<(typeof LIVES)[number]>('never')
  const [token, setToken] = useState<string>()
  if (token !== undefined) {
    return (
      <Dialog title={t('settings.keys.made')} submit={t('ui.done')} onSubmit={onClose} onClose={onClose}>
        <Note tone="warm">{t('settings.keys.once')}</Note>
        <CopyField label={t('settings.keys.token')} value={token} />
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t('settings.keys.add')}
      submit={t('settings.keys.submit')}
      disabled={name.trim() === '' || scopes.length === 0}
      onClose={onClose}
      onSubmit={async () => {
        const expires_at = life === 'never' ? null : new Date(Date.now() + Number(life) * DAY).toISOString()
        const made = await addApiKey({ name: name.trim(), scopes, expires_at }, newId())
        await onMade()
        setToken(made.token ?? '')
      }}
    >
      <TextInput label={t('settings.profile.name')} description={t('settings.keys.nameHint')} dir="auto" autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Checkbox.Group label={t('settings.keys.scopes')} value={scopes} onChange={setScopes}>
        <div style={{ display: 'grid', gap: 8, marginBlockStart: 6 }}>
          {rights.map((right) => (
            <Checkbox key={right} value={right} label={t(`settings.right.${right.replace(':', '_')}` as 'settings.right.leads_read', { defaultValue: right })} />
          ))}
        </div>
      </Checkbox.Group>
      <Select
        label={t('settings.keys.life')}
        allowDeselect={false}
        value={life}
        data={LIVES.map((value) => ({ value, label: value === 'never' ? t('ui.never') : t('settings.keys.days', { count: Number(value) }) }))}
        onChange={(value) => value !== null && setLife(value)}
      />
    </Dialog>
  )
}
