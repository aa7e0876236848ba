import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DraftRule } from '@/api/scoring'
import { Row, Rows } from '@/ui/Rows'
import { Note, Section } from '@/ui/Screen'

type Props = {
  group: DraftRule['group']
  rules: readonly DraftRule[]
  disabled: boolean
  onSwitch: (rule: DraftRule, enabled: boolean) => void
  onOpen: (rule: DraftRule) => void
  onAdd: () => void
}

/** The rules of one group: what they are about in words, their points, on or off. */
export function ScoreRules({ group, rules, disabled, onSwitch, onOpen, onAdd }: Props) {
  const { t } = useTranslation()
  const title = t(`flow.scoring.${group}`)
  return (
    <Section title={title} intro={t(`flow.scoring.${group}Intro`)} action={!disabled && <Button onClick={onAdd}>{t('flow.scoring.add')}</Button>}>
      {rules.length === 0 ? (
        <Note>{t('flow.scoring.empty')}</Note>
      ) : (
        <Rows label={title}>
          {rules.map((rule) => (
            <Row
              key={rule.id}
              off={!rule.enabled}
              title={
                disabled ? (
                  <bdi>{rule.name}</bdi>
                ) : (
                  <button type="button" onClick={() => onOpen(rule)}>
                    <bdi>{rule.name}</bdi>
                  </button>
                )
              }
              detail={<bdi>{shorten(rule.sentence)}</bdi>}
              end={
                <>
                  <bdi dir="ltr" style={{ fontWeight: 620, color: rule.points < 0 ? 'var(--hot)' : 'var(--ink)' }}>
                    {rule.points > 0 ? `+${rule.points}` : `−${-rule.points}`}
                  </bdi>
                  <Switch aria-label={t('flow.scoring.switch', { name: rule.name })} checked={rule.enabled} disabled={disabled} onChange={(event) => onSwitch(rule, event.currentTarget.checked)} />
                </>
              }
            />
          ))}
        </Rows>
      )}
    </Section>
  )
}

const LONGEST = 180

/** A sentence of thirty job titles says no more than its beginning. */
function shorten(sentence: string): string {
  return sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)}…` : sentence
}
