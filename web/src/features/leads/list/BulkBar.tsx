import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LeadRow, Member, Named, Stage } from '@/api/shapes'
import styles from './BulkBar.module.css'

type Props = {
  rows: readonly LeadRow[]
  members: readonly Member[]
  stages: readonly Stage[]
  mayChange: boolean
  mayDelete: boolean
  onAssign: (owner: Named) => void
  onMove: (stage: Stage) => void
  onTag: () => void
  onDelete: () => void
  onClear: () => void
}

/** What can be done with the selected leads together. */
export function BulkBar({ rows, members, stages, mayChange, mayDelete, onAssign, onMove, onTag, onDelete, onClear }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('ui.selected', { count: rows.length })}>
      <strong>{t('ui.selected', { count: rows.length })}</strong>
      {mayChange && (
        <Menu>
          <Menu.Target>
            <Button>{t('leads.bulk.assign')}</Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {members.filter((member) => member.active).map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => onAssign({ id, name })}>
                <bdi>{name}</bdi>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayChange && stages.length > 0 && (
        <Menu>
          <Menu.Target>
            <Button>{t('leads.board.moveTo')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {stages.filter((stage) => stage.kind === 'open').map((stage) => (
              <Menu.Item key={stage.id} onClick={() => onMove(stage)}>
                <bdi>{stage.name}</bdi>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayChange && <Button onClick={onTag}>{t('leads.tags.add')}</Button>}
      {mayDelete && (
        <Button color="red" variant="light" onClick={onDelete}>
          {t('leads.bulk.delete')}
        </Button>
      )}
      <Button variant="subtle" onClick={onClear}>
        {t('ui.clear')}
      </Button>
    </div>
  )
}
