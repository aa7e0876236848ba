import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cancelImport, errorsAt, undoImport, type Import } from '@/api/transfer'
import { newId } from '@/lib/uuid'
import { Dialog } from '@/ui/Dialog'
import { Row, Rows } from '@/ui/Rows'
import { Buttons, Note, Section } from '@/ui/Screen'
import { Figures } from './PreviewRows'
import { working } from './states'

type Props = { run: Import; mayChange: boolean; onChanged: (run: Import) => void }

/** A running import with its progress, or what became of it, with its mistakes and the way back. */
export function Outcome({ run, mayChange, onChanged }: Props) {
  const { t, i18n } = useTranslation()
  const [asking, setAsking] = useState(false)
  const number = new Intl.NumberFormat(i18n.language)
  const figures = (['created', 'updated', 'skipped', 'bad'] as const).map((key) => [t(`transfer.outcome.${key}`), run[key]] as const)
  return (
    <Section title={t(`transfer.state.${run.state}`)}>
      {working(run.state) && run.state !== 'undoing' && (
        <>
          <Progress value={(100 * run.position) / Math.max(run.rows, 1)} aria-label={t('transfer.outcome.progress')} />
          <p role="status" style={{ margin: 0 }}>
            {t('transfer.outcome.done', { done: number.format(run.position), rows: number.format(run.rows), speed: number.format(Math.round(run.per_second)) })}
          </p>
        </>
      )}
      {run.error !== '' && <Note tone="hot">{run.error}</Note>}
      <Figures figures={figures} />
      {run.undone && run.state !== 'done' && <UndoneWords run={run} />}
      <Buttons>
        {run.bad > 0 && (
          <Button component="a" href={errorsAt(run.id)} download>
            {t('transfer.outcome.errors', { count: run.bad })}
          </Button>
        )}
        {mayChange && run.state === 'running' && <Button onClick={() => void cancelImport(run.id, newId()).then(onChanged)}>{t('transfer.outcome.stop')}</Button>}
        {mayChange && run.can_undo && <Button onClick={() => setAsking(true)}>{t('transfer.outcome.undo')}</Button>}
      </Buttons>
      {asking && (
        <Dialog
          title={t('transfer.outcome.undoTitle')}
          submit={t('transfer.outcome.undo')}
          danger
          onClose={() => setAsking(false)}
          onSubmit={async () => {
            onChanged(await undoImport(run.id, newId()))
            setAsking(false)
          }}
        >
          <p style={{ margin: 0 }}>{t('transfer.outcome.undoMeans')}</p>
        </Dialog>
      )}
    </Section>
  )
}

function UndoneWords({ run }: { run: Import }) {
  const { t } = useTranslation()
  const undone = run.undone
  if (!undone) return null
  const kept = undone.records ?? []
  return (
    <>
      <Note tone="ok">{t('transfer.outcome.undone', { removed: undone.removed ?? 0, restored: undone.restored ?? 0, kept: undone.kept ?? 0 })}</Note>
      {kept.length > 0 && (
        <Rows label={t('transfer.outcome.kept')}>
          {kept.map((one) => (
            <Row key={one.id} title={<bdi>{one.name}</bdi>} detail={one.reason} />
          ))}
        </Rows>
      )}
    </>
  )
}
