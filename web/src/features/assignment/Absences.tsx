import { ActionIcon, Button, Fieldset, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { day } from '@/lib/time'
import { Note } from '@/ui/Screen'
import styles from './Answer.module.css'

type Props = { absences: readonly string[][]; onChange: (absences: string[][]) => void }

/** The days on which a member is away, from the first to the last. */
export function Absences({ absences, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const said = (date = '') => day(`${date}T12:00:00`, i18n.language)
  return (
    <Fieldset legend={t('flow.assignment.absences')}>
      {absences.length === 0 ? (
        <Note>{t('flow.assignment.noAbsences')}</Note>
      ) : (
        <ul className={styles.chips}>
          {absences.map((one) => {
            const days = `${said(one[0])} – ${said(one[1])}`
            return (
              <li key={days}>
                <bdi>{days}</bdi>
                <ActionIcon size="sm" aria-label={t('flow.assignment.removeAbsence', { days })} onClick={() => onChange(absences.filter((other) => other !== one))}>
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </li>
            )
          })}
        </ul>
      )}
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'end', marginBlockStart: 8 }}>
        <TextInput type="date" label={t('flow.assignment.from')} value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
        <TextInput type="date" label={t('flow.assignment.to')} min={first} value={last} onChange={(event) => setLast(event.currentTarget.value)} />
        <Button
          disabled={first === '' || last < first}
          onClick={() => {
            onChange([...absences, [first, last]])
            setFirst('')
            setLast('')
          }}
        >
          {t('flow.assignment.addAbsence')}
        </Button>
      </div>
    </Fieldset>
  )
}
