import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run, RunState, RunStep } from '@/api/automations'
import { Chip, type Tone } from '@/ui/Chip'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Row, Rows } from '@/ui/Rows'
import { Buttons, Note } from '@/ui/Screen'
import styles from './Automation.module.css'
import { useFacts } from './useFacts'

const TONES: Record<RunState, Tone> = { running: 'accent', waiting: 'accent', done: 'ok', failed: 'hot', cancelled: 'plain', skipped: 'plain' }
const DEEDS = { pause: 'flow.automation.pause', resume: 'flow.automation.resume', end: 'flow.automation.end', retry: 'flow.automation.retry' } as const
const STEP_TONES: Record<RunStep['outcome'], Tone> = { begun: 'accent', done: 'ok', refused: 'warm', failed: 'hot', uncertain: 'warm' }

/** What may be done with a run: hold it, let it go on, end it, try it again. */
export type RunDeed = 'pause' | 'resume' | 'end' | 'retry'
type Props = { runs: readonly Run[]; mayChange: boolean; onDo: (run: Run, deed: RunDeed) => Promise<void> }

/** What the automation did, run by run and step by step. */
export function RunLog({ runs, mayChange, onDo }: Props) {
  const { t } = useTranslation()
  return (
    <Rows label={t('flow.automation.log')}>
      {runs.map((run) => (
        <RunRow key={run.id} run={run} deeds={mayChange ? deedsOf(run) : []} onDo={(deed) => onDo(run, deed)} />
      ))}
    </Rows>
  )
}

/** What is possible with a run as it stands. */
export function deedsOf({ state, paused }: Pick<Run, 'state' | 'paused'>): RunDeed[] {
  if (state === 'failed') return ['retry']
  return state === 'running' || state === 'waiting' ? [paused ? 'resume' : 'pause', 'end'] : []
}

function RunRow({ run, deeds, onDo }: { run: Run; deeds: readonly RunDeed[]; onDo: (deed: RunDeed) => Promise<void> }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState<RunDeed>()
  const [wrong, setWrong] = useState<string>()
  const name = <bdi>{run.subject.title || t('flow.automation.untitled')}</bdi>
  async function perform(deed: RunDeed): Promise<void> {
    setBusy(deed)
    setWrong(undefined)
    try {
      await onDo(deed)
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(undefined)
  }
  return (
    <Row
      tall
      title={
        <>
          {run.subject.object === 'lead' ? (
            <Link to="/leads/$id" params={{ id: run.subject.id }}>
              {name}
            </Link>
          ) : (
            name
          )}
          <Chip tone={TONES[run.state]}>{t(`flow.automation.state.${run.state}`)}</Chip>
          {run.paused && <Chip tone="warm">{t('flow.automation.paused')}</Chip>}
        </>
      }
      detail={
        <>
          <When at={run.started_at} />
          {run.resume_at !== null && (
            <>
              {' · '}
              {t('flow.automation.resumes')} <When at={run.resume_at} />
            </>
          )}
          {run.reason !== '' && <> · {run.reason}</>}
        </>
      }
      end={
        deeds.length > 0 && (
          <Buttons>
            {deeds.map((deed) => (
              <Button key={deed} aria-label={`${t(DEEDS[deed])}: ${run.subject.title}`} loading={busy === deed} disabled={busy !== undefined} onClick={() => void perform(deed)}>
                {t(DEEDS[deed])}
              </Button>
            ))}
          </Buttons>
        )
      }
    >
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {run.steps.length > 0 && (
        <details style={{ position: 'relative' }} open={run.state === 'failed'}>
          <summary style={{ cursor: 'pointer', color: 'var(--ink2)', fontSize: 12.5, paddingBlock: 4 }}>{t('flow.automation.showSteps', { count: run.steps.length })}</summary>
          <ol className={styles.steps}>
            {run.steps.map((step) => (
              <li key={`${step.position}-${step.at}`}>
                <Chip tone={STEP_TONES[step.outcome]}>{t(`flow.automation.outcome.${step.outcome}`)}</Chip>
                <span>
                  <bdi>{step.label || step.action}</bdi>
                </span>
                <span style={{ color: 'var(--ink2)' }}>
                  <When at={step.at} /> · {t('flow.automation.took', { ms: step.took_ms })}
                </span>
                <StepOutcome step={step} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </Row>
  )
}

/** What the step was given, what came of it, and what went wrong. */
function StepOutcome({ step }: { step: RunStep }) {
  const { t } = useTranslation()
  const facts = useFacts()
  const given = facts(step.action, step.input)
  const came = facts(step.action, step.result)
  return (
    <>
      {step.error !== '' && <p style={{ color: 'var(--hot)' }}>{step.error}</p>}
      {given !== '' && (
        <p>
          {t('flow.automation.given')} <bdi>{given}</bdi>
        </p>
      )}
      {came !== '' && (
        <p>
          {t('flow.automation.came')} <bdi>{came}</bdi>
        </p>
      )}
    </>
  )
}
