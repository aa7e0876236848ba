import { Button, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getAutomations, type Automation } from '@/api/automations'
import { useRight } from '@/api/me'
import { Library } from '@/features/automation/Library'
import { NewDialog } from '@/features/automation/NewDialog'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Row, Rows } from '@/ui/Rows'
import { Note, Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

const KINDS = ['automation.']
const KEY = ['automations', 'list']

/** Everything that happens by itself, each on or off. */
export default function AutomationsPage({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const mayChange = useRight('automations:write')
  const found = useQuery({ queryKey: KEY, queryFn: getAutomations })
  const automations = usePainted(KEY, found.data)
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const open = (id: string) => {
    void client.invalidateQueries({ queryKey: ['automations'] })
    onOpen(id)
  }
  return (
    <Screen
      title={t('flow.automation.title')}
      intro={t('flow.automation.intro')}
      status={<SaveMark kinds={KINDS} />}
      action={
        mayChange && (
          <Button variant="filled" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t('flow.automation.add')}
          </Button>
        )
      }
      wide
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...found, data: automations }} bones={4}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('flow.automation.empty')} />
          ) : (
            <Rows label={t('flow.automation.title')}>
              {all.map((automation) => (
                <AutomationRow
                  key={automation.id}
                  automation={automation}
                  disabled={!mayChange}
                  onOpen={() => onOpen(automation.id)}
                  onSwitch={(enabled) => void outbox.add(changeOf('automation', automation, { enabled }))}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <Library mayChange={mayChange} onFollowed={open} />
      {adding && <NewDialog onMade={open} onClose={() => setAdding(false)} />}
    </Screen>
  )
}

type RowProps = { automation: Automation; disabled: boolean; onOpen: () => void; onSwitch: (enabled: boolean) => void }

function AutomationRow({ automation, disabled, onOpen, onSwitch }: RowProps) {
  const { t } = useTranslation()
  const { name, sentence, enabled, runs_7d, failures_7d, last_run_at } = automation
  return (
    <Row
      tall
      off={!enabled}
      title={
        <a
          href={`/automations/${automation.id}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return
            event.preventDefault()
            onOpen()
          }}
        >
          <bdi>{name}</bdi>
        </a>
      }
      detail={<bdi>{sentence}</bdi>}
      end={
        <>
          <span>
            {t('flow.automation.runs', { count: runs_7d })}
            {last_run_at !== null && (
              <>
                {' · '}
                {t('flow.automation.last')} <When at={last_run_at} />
              </>
            )}
          </span>
          {failures_7d > 0 && <Chip tone="hot">{t('flow.automation.failures', { count: failures_7d })}</Chip>}
          <Switch aria-label={t('flow.automation.switch', { name })} checked={enabled} disabled={disabled} onChange={(event) => onSwitch(event.currentTarget.checked)} />
        </>
      }
    />
  )
}
