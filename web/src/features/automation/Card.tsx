import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Automation.module.css'

type Tools = { onEdit?: (() => void) | undefined; onUp?: (() => void) | undefined; onDown?: (() => void) | undefined }
type Props = { kind: string; what?: ReactNode; tools?: Tools | null; /** Where the card stands, for the focus that follows a moved one. */ place?: string; children?: ReactNode }

/** One card of the column: what kind of thing it is, what it says, and ways to change and move it. */
export function Card({ kind, what, tools, place, children }: Props) {
  const { t } = useTranslation()
  const whole = typeof what === 'string' ? `${kind}: ${what}` : kind
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <span className={styles.kind}>{kind}</span>
        {tools?.onUp && (
          <ActionIcon size="sm" data-up={place} aria-label={t('flow.automation.moveUp', { what: whole })} onClick={tools.onUp}>
            <IconArrowUp size={15} stroke={1.7} aria-hidden />
          </ActionIcon>
        )}
        {tools?.onDown && (
          <ActionIcon size="sm" data-down={place} aria-label={t('flow.automation.moveDown', { what: whole })} onClick={tools.onDown}>
            <IconArrowDown size={15} stroke={1.7} aria-hidden />
          </ActionIcon>
        )}
        {tools?.onEdit && (
          <ActionIcon size="sm" aria-label={t('flow.automation.change', { what: kind })} onClick={tools.onEdit}>
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
