import { Button, Menu } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member, Named, Pipeline, Stage } from '@/api/shapes'
import styles from './BulkBar.module.css'

export type BulkAction = { kind: 'assign'; owner: Named } | { kind: 'move'; stage: Stage } | { kind: 'delete' } | { kind: 'ask'; what: 'tag' | 'set' | 'lost'; stage?: Stage }

type Props = {
  /** How many are chosen; null for more than are counted. */
  count: number | null
  members: readonly Member[]
  pipelines: readonly Pipeline[]
  mayChange: boolean
  mayDelete: boolean
  mayAsk: boolean
  everything: boolean
  /** How many the whole list shows, when that is more than this page. */
  more: number | null | undefined
  onEverything: (on: boolean) => void
  onAct: (action: BulkAction) => void
  onClear: () => void
}

/** What can be done with the selected leads together. */
export function BulkBar({ count, members, pipelines, mayChange, mayDelete, mayAsk, everything, more, onEverything, onAct, onClear }: Props) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const chosen = count === null ? t('leads.bulk.all') : t('ui.selected', { count })
  return (
    <div className={styles.bar} role="toolbar" aria-label={chosen}>
      <strong>{chosen}</strong>
      {more !== undefined && mayAsk && (
        <Button variant="subtle" onClick={() => onEverything(!everything)}>
          {everything ? t('leads.bulk.page') : more === null ? t('leads.bulk.chooseAll') : t('leads.bulk.choose', { total: number.format(more) })}
        </Button>
      )}
      {mayChange && (
        <>
          <Menu>
            <Menu.Target>
              <Button>{t('leads.bulk.assign')}</Button>
            </Menu.Target>
            <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
              {members.filter((member) => member.active).map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => onAct({ kind: 'assign', owner: { id, name } })}>
                  <bdi>{name}</bdi>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Stages label={t('leads.board.moveTo')} pipelines={pipelines} kinds={['open']} onPick={(stage) => onAct({ kind: 'move', stage })} />
          {mayAsk && (
            <Stages label={t('leads.bulk.close')} pipelines={pipelines} kinds={['won', 'lost']} onPick={(stage) => onAct(stage.kind === 'lost' ? { kind: 'ask', what: 'lost', stage } : { kind: 'move', stage })} />
          )}
          <Button onClick={() => onAct({ kind: 'ask', what: 'tag' })}>{t('leads.tags.add')}</Button>
          {mayAsk && <Button onClick={() => onAct({ kind: 'ask', what: 'set' })}>{t('leads.bulk.set')}</Button>}
        </>
      )}
      {mayDelete && (
        <Button color="red" variant="light" onClick={() => onAct({ kind: 'delete' })}>
          {t('leads.bulk.delete')}
        </Button>
      )}
      <Button variant="subtle" onClick={onClear}>
        {t('ui.clear')}
      </Button>
    </div>
  )
}

type StagesProps = { label: string; pipelines: readonly Pipeline[]; kinds: readonly Stage['kind'][]; onPick: (stage: Stage) => void }

function Stages({ label, pipelines, kinds, onPick }: StagesProps) {
  if (pipelines.length === 0) return null
  return (
    <Menu>
      <Menu.Target>
        <Button>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {pipelines.map((pipeline) => (
          <Fragment key={pipeline.id}>
            {pipelines.length > 1 && (
              <Menu.Label>
                <bdi>{pipeline.name}</bdi>
              </Menu.Label>
            )}
            {pipeline.stages.filter((stage) => kinds.includes(stage.kind)).map((stage) => (
              <Menu.Item key={stage.id} onClick={() => onPick(stage)}>
                <bdi>{stage.name}</bdi>
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
