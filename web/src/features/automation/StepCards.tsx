import { ActionIcon } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offers, Step } from '@/api/automations'
import type { Tree } from '@/api/filters'
import styles from './Automation.module.css'
import { branchesOf, type Path } from './steps'
import { type ChoicesOf, offerOf, spanWords, valueWords } from './words'

type CardProps = { kind: string; what?: ReactNode; onEdit?: (() => void) | undefined; children?: ReactNode }

/** One card of the column: what kind of thing it is, what it says, and a way to change it. */
export function Card({ kind, what, onEdit, children }: CardProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <span className={styles.kind}>{kind}</span>
        {onEdit && (
          <ActionIcon size="sm" aria-label={t('flow.automation.change', { what: kind })} onClick={onEdit}>
            <IconPencil size={15} stroke={1.7} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {what !== undefined && (
        <p className={styles.what}>
          <bdi>{what}</bdi>
        </p>
      )}
      {children}
    </div>
  )
}

/** Parameters as words, one a line. */
export function Facts({ facts }: { facts: readonly { name: string; value: string }[] }) {
  if (facts.length === 0) return null
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Props = {
  steps: readonly Step[]
  path?: Path
  offers: Offers
  choicesOf: ChoicesOf
  /** Says a condition in words. */
  describe: (tree: Tree) => string
  /** Null when the member may only look. */
  onEdit: ((path: Path, step: Step) => void) | null
}

/** Steps one under the other; what follows in one case only is set in. */
export function StepCards({ steps, path = [], ...rest }: Props) {
  return (
    <ol className={styles.column}>
      {steps.map((step, index) => {
        const at = [...path, index]
        return (
          <li key={index}>
            {(path.length === 0 || index > 0) && <div className={styles.link} />}
            <StepCard step={step} path={at} {...rest} />
          </li>
        )
      })}
    </ol>
  )
}

function StepCard({ step, path, ...rest }: Omit<Props, 'steps' | 'path'> & { step: Step; path: Path }) {
  const { t, i18n } = useTranslation()
  const { offers, choicesOf, describe, onEdit } = rest
  const edit = onEdit && step.kind !== 'if' ? () => onEdit(path, step) : undefined
  const title = { do: t('flow.automation.do'), wait: t('flow.automation.wait'), if: t('flow.automation.if'), stop: t('flow.automation.stop') }[step.kind]
  const branches = branchesOf(step)
  const branchWord = (branch: 'then' | 'else' | 'otherwise') => {
    if (step.kind === 'do') return t('flow.automation.otherwise')
    if (step.kind === 'if') return t(branch === 'then' ? 'flow.automation.then' : 'flow.automation.else')
    return t(branch === 'then' ? 'flow.automation.ifSo' : 'flow.automation.ifNot')
  }
  const action = step.kind === 'do' ? offerOf(offers.actions, step.action) : undefined
  return (
    <Card kind={title} what={step.kind === 'do' ? (action?.label ?? step.action) : undefined} onEdit={edit}>
      {step.kind === 'do' && (
        <Facts
          facts={Object.entries(step.with ?? {})
            .filter(([, value]) => value !== '' && value !== null)
            .map(([key, value]) => {
              const field = action?.fields.find((one) => one.key === key)
              return { name: field?.label ?? key, value: valueWords(field, value, choicesOf) }
            })}
        />
      )}
      {step.kind === 'wait' && (
        <span style={{ fontSize: 13 }}>
          {t('flow.automation.waitFor', { time: spanWords(step.for, i18n.language) })} {step.calendar === 'business' && t('flow.automation.waitBusiness')}{' '}
          {step.until_event !== undefined && step.until_event !== '' && t('flow.automation.waitUntil', { event: offerOf(offers.triggers, step.until_event)?.label ?? step.until_event })}
        </span>
      )}
      {step.kind === 'if' && <Facts facts={[{ name: t('flow.automation.conditions'), value: describe(step.when) }]} />}
      {step.kind === 'stop' && step.reason !== undefined && <span style={{ fontSize: 13 }}>{step.reason}</span>}
      {branches.map(({ branch, steps }) => (
        <div key={branch} className={styles.branch}>
          <span>{branchWord(branch)}</span>
          <StepCards steps={steps} path={[...path, branch]} {...rest} />
        </div>
      ))}
    </Card>
  )
}
