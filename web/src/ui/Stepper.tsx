import { useTranslation } from 'react-i18next'
import styles from './Stepper.module.css'

export type Step = { id: string; name: string; lost?: boolean }

type Props = { label: string; steps: readonly Step[]; current: string; disabled?: boolean; onStep: (id: string) => void }

/** On a narrow screen the present stage may be far outside the first few. */
function reveal(step: HTMLLIElement | null): void {
  step?.scrollIntoView({ inline: 'center', block: 'nearest' })
}

/** The way of a record through its stages; each is a button that moves it there. */
export function Stepper({ label, steps, current, disabled = false, onStep }: Props) {
  const { t } = useTranslation()
  const here = steps.findIndex((step) => step.id === current)
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((step, index) => {
        const look = index === here ? `${styles.here} ${step.lost ? styles.lost : ''}` : index < here ? styles.done : ''
        return (
          <li key={step.id} ref={index === here ? reveal : undefined}>
            <button
              type="button"
              className={`${styles.step} ${look}`}
              disabled={disabled}
              aria-current={index === here ? 'step' : undefined}
              title={t('ui.step', { step: index + 1, count: steps.length })}
              onClick={() => index !== here && onStep(step.id)}
            >
              <bdi>{step.name}</bdi>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
