import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rehearse, type NewAssignmentRule, type Rehearsal } from '@/api/assignment'
import { useSentence } from '@/ui/Dialog'
import { Row, Rows } from '@/ui/Rows'
import { Note } from '@/ui/Screen'

const SHOWN = 12

type Props = { rule: NewAssignmentRule; id: string | undefined; disabled: boolean }

/** Who would have got the last leads with this rule, before it is saved. */
export function RuleTrial({ rule, id, disabled }: Props) {
  const { t } = useTranslation()
  const say = useSentence()
  const trial = useMutation({ mutationFn: () => rehearse(rule, id) })
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <div>
        <Button disabled={disabled} loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('flow.assignment.try')}
        </Button>
      </div>
      <div aria-live="polite">
        {trial.error && <Note tone="hot">{say(trial.error)}</Note>}
        {trial.data && <Outcome of={trial.data} />}
      </div>
    </div>
  )
}

function Outcome({ of }: { of: Rehearsal }) {
  const { t } = useTranslation()
  if (of.leads === 0) return <Note>{t('flow.assignment.triedNone')}</Note>
  const moved = of.items.filter((one) => one.elsewhere).slice(0, SHOWN)
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Note tone="ok">{t('flow.assignment.tried', { count: of.leads, elsewhere: of.elsewhere })}</Note>
      <table style={{ inlineSize: '100%', fontVariantNumeric: 'tabular-nums' }}>
        <thead>
          <tr>
            <th style={{ textAlign: 'start' }}>{t('flow.assignment.who')}</th>
            <th style={{ textAlign: 'end' }}>{t('flow.assignment.now')}</th>
            <th style={{ textAlign: 'end' }}>{t('flow.assignment.then')}</th>
          </tr>
        </thead>
        <tbody>
          {of.shares.map((one) => (
            <tr key={one.name}>
              <td>
                <bdi>{one.name}</bdi>
              </td>
              <td style={{ textAlign: 'end' }}>{one.now}</td>
              <td style={{ textAlign: 'end' }}>{one.then}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {moved.length > 0 && (
        <Rows label={t('flow.assignment.then')}>
          {moved.map((one) => (
            <Row key={one.lead.id} title={<bdi>{one.lead.name}</bdi>} detail={<bdi>{one.because}</bdi>} end={<bdi>{t('flow.assignment.wouldMove', { now: one.now, after: one.then })}</bdi>} />
          ))}
        </Rows>
      )}
    </div>
  )
}
