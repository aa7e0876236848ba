import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Offers, Step } from '@/api/automations'
import type { Tree } from '@/api/filters'
import styles from './Automation.module.css'
import { Card, Facts } from './Card'
import { type Branch, branchesOf, mayGetOtherwise, openBranchesOf, type Path } from './steps'
import { type ChoicesOf, offerOf, spanWords, valueWords } from './words'

/** What may be done with the steps of an automation. */
export type Editing = {
  onEdit: (path: Path, step: Step) => void
  onAdd: (list: Path) => void
  onMove: (path: Path, by: -1 | 1) => void
}

type Props = {
  steps: readonly Step[]
  path?: Path
  offers: Offers
  choicesOf: ChoicesOf
  /** Says a condition in words. */
  describe: (tree: Tree) => string
  /** Null when the member may only look. */
  editing: Editing | null
}

/** Steps one under the other; what follows in one case only is set in. */
export function StepCards({ steps, path = [], ...rest }: Props) {
  const { t } = useTranslation()
  const { editing } = rest
  return (
    <>
      <ol className={styles.column}>
        {steps.map((step, index) => (
          <li key={index}>
            {(path.length === 0 || index > 0) && <div className={styles.link} />}
            <StepCard step={step} path={[...path, index]} count={steps.length} {...rest} />
          </li>
        ))}
      </ol>
      {editing && (
        <>
          {(path.length === 0 || steps.length > 0) && <div className={styles.link} />}
          <div>
            <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => editing.onAdd(path)}>
              {t('flow.automation.addStep')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}

type CardProps = Omit<Props, 'steps' | 'path'> & { step: Step; path: Path; count: number }

function StepCard({ step, path, count, ...rest }: CardProps) {
  const { t, i18n } = useTranslation()
  const { offers, choicesOf, describe, editing } = rest
  const action = step.kind === 'do' ? offerOf(offers.actions, step.action) : undefined
  const index = Number(path.at(-1))
  const tools = editing && {
    onEdit: () => editing.onEdit(path, step),
    onUp: index > 0 ? () => editing.onMove(path, -1) : undefined,
    onDown: index < count - 1 ? () => editing.onMove(path, 1) : undefined,
  }
  const branchWord = (branch: Branch) => {
    if (step.kind === 'do') return t('flow.automation.otherwise')
    if (step.kind === 'if') return t(branch === 'then' ? 'flow.automation.then' : 'flow.automation.else')
    return t(branch === 'then' ? 'flow.automation.ifSo' : 'flow.automation.ifNot')
  }
  const waiting = (wait: Step & { kind: 'wait' }) => {
    const event = wait.until_event ?? ''
    const parts = [t('flow.automation.waitFor', { time: spanWords(wait.for, i18n.language) })]
    if (wait.calendar === 'business') parts.push(t('flow.automation.waitBusiness'))
    if (event !== '') parts.push(t('flow.automation.waitUntil', { event: offerOf(offers.triggers, event)?.label ?? event }))
    return parts.join(' ')
  }
  const said = step.kind === 'do' ? (action?.label ?? step.action) : step.kind === 'if' ? describe(step.when) : step.kind === 'wait' ? waiting(step) : step.reason
  return (
    <Card place={path.join('.')} kind={t(`flow.automation.${step.kind}`)} what={said === '' ? undefined : said} tools={tools}>
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
      {(editing ? openBranchesOf(step) : branchesOf(step)).map(({ branch, steps }) => (
        <div key={branch} className={styles.branch}>
          <span>{branchWord(branch)}</span>
          <StepCards steps={steps} path={[...path, branch]} {...rest} />
        </div>
      ))}
      {editing && mayGetOtherwise(step) && (
        <div>
          <Button size="compact-xs" variant="subtle" aria-label={`${t('flow.automation.addOtherwise')}: ${said ?? ''}`} onClick={() => editing.onAdd([...path, 'otherwise'])}>
            {t('flow.automation.addOtherwise')}
          </Button>
        </div>
      )}
    </Card>
  )
}
