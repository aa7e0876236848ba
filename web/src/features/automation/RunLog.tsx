import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run, RunState, RunStep } from '@/api/automations'
import { Chip, type Tone } from '@/ui/Chip'
import { useSentence } from '@/ui/Dialog'
import { When } from '@/ui/figures'
import { Row, Rows } from '@/ui/Rows'
import { Note } from '@/ui/Screen'
import styles from './Automation.module.css'

const TONES: Record<RunState, Tone> = { running: 'accent', waiting: 'accent', done: 'ok', failed: 'hot', cancelled: 'plain', skipped: 'plain' }
const STEP_TONES: Record<RunStep['outcome'], Tone> = { begun: 'accent', done: 'ok', refused: 'warm', failed: 'hot', uncertain: 'warm' }

type Props = { runs: readonly Run[]; mayRetry: boolean; onRetry: (run: Run) => Promise<void> }

/** What the automation did, run by run and step by step. */
export function RunLog({ runs, mayRetry, onRetry }: Props) {
  const { t } = useTranslation()
  return (
    <Rows label={t('flow.automation.log')}>
      {runs.map((run) => (
        <RunRow key={run.id} run={run} onRetry={mayRetry && run.state === 'failed' ? () => onRetry(run) : undefined} />
      ))}
    </Rows>
  )
}

function RunRow({ run, onRetry }: { run: Run; onRetry: (() => Promise<void>) | undefined }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const name = <bdi>{run.subject.title || t('flow.automation.untitled')}</bdi>
  async function retry(task: () => Promise<void>): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      await task()
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
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
        onRetry && (
          <Button loading={busy} onClick={() => void retry(onRetry)}>
            {t('flow.automation.retry')}
          </Button>
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
  const given = factsOf(step.input)
  const came = factsOf(step.result)
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

const LONGEST = 500

function factsOf(values: RunStep['input']): string {
  const told = Object.entries(values).filter(([name, value]) => !name.endsWith('_id') && value !== null && value !== '' && (typeof value !== 'object' || Array.isArray(value)))
  return told.map(([name, value]) => `${name}: ${String(value).slice(0, LONGEST)}`).join(' · ')
}
