import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getSigningSecret, renewSigningSecret } from '@/api/automations'
import { newId } from '@/lib/uuid'
import { CopyField } from '@/ui/CopyField'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note } from '@/ui/Screen'

const KEY = ['automations', 'secret']

/** What the receiver of a webhook checks our calls with: shown on request, replaced on request. */
export function SigningSecret() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [shown, setShown] = useState(false)
  const [asked, setAsked] = useState(false)
  const found = useQuery({ queryKey: KEY, queryFn: getSigningSecret, enabled: shown, gcTime: 0, meta: { keep: false } })
  return (
    <>
      <Note>{t('flow.automation.webhookHint')}</Note>
      {shown && (
        <Loaded found={found} bones={1} height={36}>
          {({ secret }) => <CopyField label={t('flow.automation.secret')} value={secret} />}
        </Loaded>
      )}
      <Buttons>
        {shown ? <Button onClick={() => setAsked(true)}>{t('flow.automation.renew')}</Button> : <Button onClick={() => setShown(true)}>{t('flow.automation.showSecret')}</Button>}
      </Buttons>
      {asked && (
        <Dialog
          title={t('flow.automation.renew')}
          submit={t('flow.automation.renew')}
          danger
          onClose={() => setAsked(false)}
          onSubmit={async () => {
            client.setQueryData(KEY, await renewSigningSecret(newId()))
            setAsked(false)
          }}
        >
          <p style={{ margin: 0 }}>{t('flow.automation.renewSure')}</p>
        </Dialog>
      )}
    </>
  )
}
