import { Button, Switch } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyAutomation, getAutomation, getOffers, type Automation } from '@/api/automations'
import { useRight } from '@/api/me'
import { Editions } from '@/features/automation/Editions'
import { Program } from '@/features/automation/Program'
import { Trying } from '@/features/automation/Trying'
import { newId } from '@/lib/uuid'
import { changeOf, removalOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { useLeadFields } from '@/records/filter/useFields'
import { Refusals, SaveMark } from '@/records/Saving'
import { AutoField } from '@/ui/AutoField'
import { Chip } from '@/ui/Chip'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, screenStyles, Section } from '@/ui/Screen'
import { AutomationRuns } from './AutomationRuns'

const KINDS = ['automation.']

type Props = { id: string; state: string | undefined; onState: (state: string | undefined) => void; onOpen: (id: string) => void; onLeave: () => void }

/** One automation: what it does, and what it did. */
export default function AutomationPage({ id, state, onState, onOpen, onLeave }: Props) {
  const { t, i18n } = useTranslation()
  const outbox = useOutbox()
  const mayChange = useRight('automations:write')
  const key = ['automations', 'one', id]
  const found = useQuery({ queryKey: key, queryFn: () => getAutomation(id) })
  const automation = usePainted(key, found.data)
  const save = (fields: Partial<Automation>) => automation && void outbox.add(changeOf('automation', automation, fields))
  const Back = i18n.dir() === 'rtl' ? IconChevronRight : IconChevronLeft
  return (
    <Screen
      wide
      back={
        <Link to="/automations" className={screenStyles.back}>
          <Back size={16} aria-hidden />
          {t('flow.automation.title')}
        </Link>
      }
      title={automation?.name ?? t('flow.automation.title')}
      status={<SaveMark kinds={KINDS} />}
      action={
        automation && (
          <Switch
            label={t(automation.enabled ? 'ui.on' : 'ui.off')}
            aria-label={t('flow.automation.switch', { name: automation.name })}
            checked={automation.enabled}
            disabled={!mayChange}
            onChange={(event) => save({ enabled: event.currentTarget.checked })}
          />
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: automation }} height={160}>
        {(one) => (
          <>
            <About automation={one} disabled={!mayChange} onSave={save} onOpen={onOpen} onLeave={onLeave} />
            <Body automation={one} disabled={!mayChange} onSave={save} />
            {mayChange && <Trying id={id} />}
            <Editions id={id} disabled={!mayChange} />
            <AutomationRuns id={id} state={state} onState={onState} />
          </>
        )}
      </Loaded>
    </Screen>
  )
}

type AboutProps = { automation: Automation; disabled: boolean; onSave: (fields: Partial<Automation>) => void; onOpen: (id: string) => void; onLeave: () => void }

function About({ automation, disabled, onSave, onOpen, onLeave }: AboutProps) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const client = useQueryClient()
  const [asked, setAsked] = useState<'copy' | 'delete'>()
  const close = () => setAsked(undefined)
  return (
    <Section>
      <AutoField label={t('flow.automation.name')} value={automation.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={(name) => onSave({ name })} />
      <Note>
        <bdi>{automation.sentence}</bdi>
      </Note>
      <Buttons>
        {automation.paused && <Chip tone="warm">{t('flow.automation.paused')}</Chip>}
        {automation.recipe !== '' && <Chip>{t('flow.automation.recipe')}</Chip>}
        {!disabled && (
          <>
            <Button onClick={() => onSave({ paused: !automation.paused })}>{t(automation.paused ? 'flow.automation.resume' : 'flow.automation.pause')}</Button>
            <Button onClick={() => setAsked('copy')}>{t('flow.automation.copy')}</Button>
            <Button color="red" variant="subtle" onClick={() => setAsked('delete')}>
              {t('ui.delete')}
            </Button>
          </>
        )}
      </Buttons>
      {asked === 'copy' && (
        <Dialog
          title={t('flow.automation.copy')}
          submit={t('flow.automation.copy')}
          onClose={close}
          onSubmit={async () => {
            const made = await copyAutomation(automation.id, t('flow.automation.copyName', { name: automation.name }), newId())
            await client.invalidateQueries({ queryKey: ['automations'] })
            close()
            onOpen(made.id)
          }}
        >
          <p style={{ margin: 0 }}>{t('flow.automation.copyHint')}</p>
        </Dialog>
      )}
      {asked === 'delete' && (
        <Dialog
          title={t('flow.automation.deleteTitle', { name: automation.name })}
          submit={t('ui.delete')}
          danger
          onClose={close}
          onSubmit={() => {
            void outbox.add(removalOf('automation', automation))
            onLeave()
          }}
        >
          <p style={{ margin: 0 }}>{t('flow.automation.deleteSure')}</p>
        </Dialog>
      )}
    </Section>
  )
}

function Body({ automation, disabled, onSave }: Pick<AboutProps, 'automation' | 'disabled' | 'onSave'>) {
  const { t } = useTranslation()
  const offers = useQuery({ queryKey: ['automations', 'offers'], queryFn: getOffers, staleTime: 10 * 60_000 })
  const fields = useLeadFields()
  return (
    <section aria-label={t('flow.automation.steps')}>
      <Loaded found={offers} bones={3} height={64}>
        {(all) => <Program automation={automation} offers={all} fields={fields} disabled={disabled} onSave={onSave} />}
      </Loaded>
    </section>
  )
}
