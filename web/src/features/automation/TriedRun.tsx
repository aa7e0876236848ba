import { useTranslation } from 'react-i18next'
import type { Tried } from '@/api/trying'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Row } from '@/ui/Rows'
import styles from './Automation.module.css'
import { useFacts } from './useFacts'

/** One run as it would be: whom it is about, and what each step would be given. */
export function TriedRun({ run }: { run: Tried }) {
  const { t } = useTranslation()
  const facts = useFacts()
  const { subject, at, state, reason, failed, steps } = run
  return (
    <Row
      tall
      title={
        <>
          <bdi>{subject.title || t('flow.automation.untitled')}</bdi>
          <Chip tone={state === 'failed' ? 'hot' : state === 'done' ? 'ok' : 'plain'}>{t(`flow.automation.state.${state}`)}</Chip>
        </>
      }
      detail={
        <>
          <When at={at} />
          {failed.length > 0 && <> · {t('flow.automation.try.notHeld', { what: failed.join(', ') })}</>}
          {reason !== '' && <> · {reason}</>}
        </>
      }
    >
      {steps.length > 0 && (
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={`${step.position}-${step.at}`}>
              <Chip tone={step.outcome === 'done' ? 'ok' : 'warm'}>{t(step.outside ? 'flow.automation.try.wouldSend' : step.outcome === 'done' ? 'flow.automation.try.would' : `flow.automation.outcome.${step.outcome}`)}</Chip>
              <span>
                <bdi>{step.label}</bdi>
              </span>
              {step.error !== '' && <p style={{ color: 'var(--hot)' }}>{step.error}</p>}
              <p>
                <bdi>{facts(step.action, step.input)}</bdi>
              </p>
            </li>
          ))}
        </ol>
      )}
    </Row>
  )
}
