import { Button, Popover } from '@mantine/core'
import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChangeWords } from '@/features/leads/changeWords'
import { useOnline } from '@/lib/screen'
import { decisions } from '@/offline/conflict'
import type { Operation } from '@/offline/operation'
import { useOperations, useOutbox } from '@/offline/session'
import styles from './SyncBadge.module.css'

/** Whether the server has everything; opens the list of what it has not. */
export function SyncBadge() {
  const { t } = useTranslation()
  const operations = useOperations()
  const online = useOnline()
  const count = (state: Operation['state']) => operations.filter((operation) => operation.state === state).length
  const [waiting, conflicts, refused] = [count('waiting'), count('conflict'), count('refused')]

  const face =
    conflicts > 0
      ? { Icon: IconAlertTriangle, look: 'alarm', text: t('sync.conflicts', { count: conflicts }) }
      : refused > 0
        ? { Icon: IconAlertTriangle, look: 'alarm', text: t('sync.refused', { count: refused }) }
        : !online
          ? { Icon: IconCloudOff, look: 'waiting', text: waiting > 0 ? t('sync.offlineWaiting', { count: waiting }) : t('sync.offline') }
          : waiting > 0
            ? { Icon: IconCloudUp, look: 'waiting', text: t('sync.waiting', { count: waiting }) }
            : { Icon: IconCloudCheck, look: 'calm', text: t('sync.upToDate') }

  return (
    <Popover position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <button type="button" className={styles.badge} data-look={face.look} data-sync={face.look}>
          <face.Icon size={18} stroke={1.7} aria-hidden />
          <span role="status">{face.text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Queue operations={operations} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Queue({ operations }: { operations: readonly Operation[] }) {
  const { t } = useTranslation()
  return (
    <section className={styles.queue}>
      <h2>{t('sync.queue')}</h2>
      {operations.length === 0 && <p>{t('sync.nothing')}</p>}
      <ul>
        {operations.map((operation) => (
          <QueueItem key={operation.id} operation={operation} />
        ))}
      </ul>
    </section>
  )
}

function QueueItem({ operation }: { operation: Operation }) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const words = useChangeWords(operation.kind)
  const { id, state } = operation
  return (
    <li>
      <div className={styles.row}>
        <strong>
          <bdi>{operation.subject.title}</bdi>
        </strong>
        <span className={state === 'waiting' ? undefined : styles.alarm}>{t(`sync.state.${state}`)}</span>
      </div>
      {operation.reason !== undefined && state === 'refused' && <p>{operation.reason}</p>}
      {decisions(operation).map(({ field, mine, theirs }) => (
        <div key={field}>
          <strong>{words.label(field)}</strong>
          <p>
            <bdi>{t('sync.yours', { value: words.value(field, mine) })}</bdi>
          </p>
          <p>
            <bdi>{t('sync.theirs', { value: words.value(field, theirs) })}</bdi>
          </p>
        </div>
      ))}
      {state !== 'waiting' && (
        <div className={styles.row}>
          <Button onClick={() => void outbox.again(id)}>{t(state === 'conflict' ? 'sync.keepMine' : 'sync.again')}</Button>
          <Button onClick={() => void outbox.discard(id)}>{t(state === 'conflict' ? 'sync.keepTheirs' : 'sync.discard')}</Button>
        </div>
      )}
    </li>
  )
}
