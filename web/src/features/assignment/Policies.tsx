import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SlaPolicy } from '@/api/assignment'
import { AutoNumber } from '@/ui/AutoField'
import { Chip } from '@/ui/Chip'
import styles from './Answer.module.css'
import { inUnit, toMinutes, unitOf, UNITS } from './hours'

const YEAR = 366 * 24 * 60

type Props = { policies: readonly SlaPolicy[]; disabled: boolean; onSave: (policy: SlaPolicy, fields: Partial<SlaPolicy>) => void }

/** The time to answer, by how promising a lead is. */
export function Policies({ policies, disabled, onSave }: Props) {
  return policies.map((policy) => <PolicyLine key={policy.id} policy={policy} disabled={disabled} onSave={(fields) => onSave(policy, fields)} />)
}

function PolicyLine({ policy, disabled, onSave }: { policy: SlaPolicy; disabled: boolean; onSave: (fields: Partial<SlaPolicy>) => void }) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState(() => unitOf(policy.minutes))
  const whole = policy.minutes % toMinutes(1, unit) === 0 ? unit : unitOf(policy.minutes)
  const band = t(`ui.band.${policy.band}`)
  return (
    <div className={styles.policy}>
      <div>
        <Chip tone={policy.band}>{band}</Chip>
      </div>
      <AutoNumber
        hiddenLabel
        label={t('flow.answer.minutesOf', { band })}
        value={inUnit(policy.minutes, whole)}
        min={1}
        max={Math.floor(YEAR / toMinutes(1, whole))}
        wrong={t('flow.answer.wrong')}
        disabled={disabled}
        onSave={(count) => onSave({ minutes: toMinutes(count, whole) })}
      />
      <Select
        aria-label={t('flow.answer.unitOf')}
        allowDeselect={false}
        data={UNITS.map((one) => ({ value: one, label: t(`flow.answer.unit.${one}`) }))}
        value={whole}
        disabled={disabled}
        onChange={(chosen) => {
          if (chosen === null || chosen === whole) return
          setUnit(chosen)
          onSave({ minutes: toMinutes(inUnit(policy.minutes, whole), chosen) })
        }}
      />
      <div className={styles.clock}>
        <Select
          aria-label={t('flow.answer.clock')}
          allowDeselect={false}
          data={(['business', 'calendar'] as const).map((clock) => ({ value: clock, label: t(`flow.answer.${clock}`) }))}
          value={policy.clock}
          disabled={disabled}
          onChange={(clock) => clock !== null && clock !== policy.clock && onSave({ clock })}
        />
      </div>
    </div>
  )
}
