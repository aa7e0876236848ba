import { ActionIcon, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AssignmentRule } from '@/api/assignment'
import type { Named } from '@/api/shapes'
import { Chip } from '@/ui/Chip'
import { Row, Rows } from '@/ui/Rows'

type Props = {
  rules: readonly AssignmentRule[]
  teams: readonly Named[]
  people: readonly Named[]
  disabled: boolean
  onSwitch: (rule: AssignmentRule, enabled: boolean) => void
  onMove: (rule: AssignmentRule, by: -1 | 1) => void
  onOpen: (rule: AssignmentRule) => void
}

/** The rules in the order in which they are asked. */
export function AssignmentRules({ rules, teams, people, disabled, onSwitch, onMove, onOpen }: Props) {
  const { t } = useTranslation()
  return (
    <Rows label={t('settings.screen.assignment')}>
      {rules.map((rule, index) => (
        <Row
          key={rule.id}
          tall
          off={!rule.enabled}
          title={
            <>
              <span style={{ color: 'var(--ink2)', fontVariantNumeric: 'tabular-nums' }}>{index + 1}</span>
              {disabled ? (
                <bdi>{rule.name}</bdi>
              ) : (
                <button type="button" onClick={() => onOpen(rule)}>
                  <bdi>{rule.name}</bdi>
                </button>
              )}
              <Chip tone="accent">
                <TargetWords rule={rule} teams={teams} people={people} />
              </Chip>
              {rule.until_ready && <Chip>{t('flow.assignment.until_ready')}</Chip>}
            </>
          }
          detail={<bdi>{rule.sentence}</bdi>}
          end={
            <>
              {!disabled && (
                <>
                  <ActionIcon aria-label={t('ui.up', { label: rule.name })} disabled={index === 0} onClick={() => onMove(rule, -1)}>
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon aria-label={t('ui.down', { label: rule.name })} disabled={index === rules.length - 1} onClick={() => onMove(rule, 1)}>
                    <IconArrowDown size={16} aria-hidden />
                  </ActionIcon>
                </>
              )}
              <Switch aria-label={t('flow.scoring.switch', { name: rule.name })} checked={rule.enabled} disabled={disabled} onChange={(event) => onSwitch(rule, event.currentTarget.checked)} />
            </>
          }
        />
      ))}
    </Rows>
  )
}

function TargetWords({ rule: { target }, teams, people }: { rule: AssignmentRule; teams: readonly Named[]; people: readonly Named[] }) {
  const { t } = useTranslation()
  if (target.kind === 'contact_owner' || target.kind === 'company_owner') return t(`flow.assignment.kind.${target.kind}`)
  const [rows, id, word] = target.kind === 'team' ? ([teams, target.team_id, 'toTeam'] as const) : target.kind === 'queue' ? ([teams, target.team_id, 'toQueue'] as const) : ([people, target.member_id, 'toMember'] as const)
  const name = rows.find((row) => row.id === id)?.name
  return <bdi>{name === undefined ? '…' : t(`flow.assignment.${word}`, { name })}</bdi>
}
