import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activateTotp, deactivateTotp, getAuthenticators, getRecoveryCodes, getTotpOffer, renewRecoveryCodes, type Authenticator, type TotpOffer } from '@/api/account'
import { CopyField } from '@/ui/CopyField'
import { Dialog, useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Section } from '@/ui/Screen'
import { QrCode } from './QrCode'
import { useProof } from './useProof'

const KEY = ['account', 'authenticators']

/** The second step of logging in: an authenticator app and recovery codes. */
export function SecondStep() {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: KEY, queryFn: getAuthenticators, meta: { keep: false } })
  return (
    <Section title={t('settings.second.title')} intro={t('settings.second.intro')}>
      <Loaded found={found} bones={1}>
        {(authenticators) => <Methods authenticators={authenticators} />}
      </Loaded>
    </Section>
  )
}

type Asked = { kind: 'offer'; offer: TotpOffer } | { kind: 'codes'; codes: string[] } | { kind: 'off' }

function Methods({ authenticators }: { authenticators: Authenticator[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const { run, question } = useProof()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [wrong, setWrong] = useState<string>()
  const totp = authenticators.find((one) => one.type === 'totp')
  const codes = authenticators.find((one) => one.type === 'recovery_codes')

  const attempt = (task: () => Promise<void>) => {
    setWrong(undefined)
    run(task).catch((error: unknown) => setWrong(say(error)))
  }
  const refresh = () => client.invalidateQueries({ queryKey: KEY })
  const begin = async () => {
    const offer = await getTotpOffer()
    if (offer) setAsked({ kind: 'offer', offer })
    await refresh()
  }
  const showCodes = async () => setAsked({ kind: 'codes', codes: await getRecoveryCodes() })
  const renew = async () => {
    setAsked({ kind: 'codes', codes: await renewRecoveryCodes() })
    await refresh()
  }
  const leave = async () => {
    await deactivateTotp()
    setAsked(null)
    await refresh()
  }

  return (
    <>
      {totp ? (
        <>
          <Note tone="ok">
            {t('settings.second.active')} <When at={new Date(totp.created_at * 1000).toISOString()} />
            {codes?.type === 'recovery_codes' && <> · {t('settings.second.codesLeft', { left: codes.unused_code_count, total: codes.total_code_count })}</>}
          </Note>
          <Buttons>
            <Button onClick={() => attempt(showCodes)}>{t('settings.second.show')}</Button>
            <Button onClick={() => attempt(renew)}>{t('settings.second.renew')}</Button>
            <Button color="red" variant="subtle" onClick={() => setAsked({ kind: 'off' })}>
              {t('settings.second.off')}
            </Button>
          </Buttons>
        </>
      ) : (
        <Buttons>
          <Button onClick={() => attempt(begin)}>{t('settings.second.start')}</Button>
        </Buttons>
      )}
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {question}
      {asked?.kind === 'offer' && (
        <Activation
          offer={asked.offer}
          onClose={() => setAsked(null)}
          onActivate={(code) =>
            run(async () => {
              await activateTotp(code)
              await showCodes()
              await refresh()
            })
          }
        />
      )}
      {asked?.kind === 'codes' && <Codes codes={asked.codes} onClose={() => setAsked(null)} />}
      {asked?.kind === 'off' && (
        <Dialog title={t('settings.second.off')} submit={t('settings.second.off')} danger onClose={() => setAsked(null)} onSubmit={() => run(leave)}>
          <p style={{ margin: 0 }}>{t('settings.second.offSure')}</p>
        </Dialog>
      )}
    </>
  )
}

function Activation({ offer, onActivate, onClose }: { offer: TotpOffer; onActivate: (code: string) => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const digits = code.replace(/\s/g, '')
  return (
    <Dialog title={t('settings.second.start')} submit={t('settings.second.activate')} disabled={!/^\d{6}$/.test(digits)} onClose={onClose} onSubmit={() => onActivate(digits)}>
      <p style={{ margin: 0 }}>{t('settings.second.scan')}</p>
      <div style={{ display: 'grid', justifyItems: 'center' }}>
        <QrCode text={offer.totp_url} label={t('settings.second.qr')} />
      </div>
      <CopyField label={t('settings.second.secret')} value={offer.secret} />
      <TextInput label={t('auth.code.label')} dir="ltr" inputMode="numeric" autoComplete="one-time-code" autoFocus value={code} onChange={(event) => setCode(event.currentTarget.value)} />
    </Dialog>
  )
}

function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('settings.second.codes')} submit={t('ui.done')} onClose={onClose} onSubmit={onClose}>
      <p style={{ margin: 0 }}>{t('settings.second.codesHint')}</p>
      {codes.length === 0 ? <Note>{t('settings.second.noCodes')}</Note> : <CopyField label={t('settings.second.codes')} value={codes.join('\n')} />}
    </Dialog>
  )
}
