import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pause } from '@/api/assignment'
import type { Field } from '@/api/filters'
import { Row, Rows } from '@/ui/Rows'
import { Note, Section } from '@/ui/Screen'
import { PauseDialog } from './PauseDialog'

type Props = { pauses: readonly Pause[]; fields: readonly Field[]; currency: string; disabled: boolean; onSave: (pauses: Pause[]) => Promise<void> }

/** While which conditions hold the clock of a lead stands still. */
export function Pauses({ pauses, fields, currency, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<number>()
  const close = () => setOpen(undefined)
  return (
    <Section
      title={t('flow.answer.pauses')}
      intro={t('flow.answer.pausesIntro')}
      action={
        !disabled && (
          <Button size="compact-sm" onClick={() => setOpen(pauses.length)}>
            {t('flow.answer.addPause')}
          </Button>
        )
      }
    >
      {pauses.length === 0 ? (
        <Note>{t('flow.answer.noPauses')}</Note>
      ) : (
        <Rows label={t('flow.answer.pauses')}>
          {pauses.map((pause, index) => (
            <Row
              key={`${index}-${pause.name}`}
              title={
                disabled ? (
                  <bdi>{pause.name}</bdi>
                ) : (
                  <button type="button" onClick={() => setOpen(index)}>
                    <bdi>{pause.name}</bdi>
                  </button>
                )
              }
              detail={<bdi>{pause.sentence}</bdi>}
            />
          ))}
        </Rows>
      )}
      {open !== undefined && (
        <PauseDialog
          pause={pauses[open]}
          fields={fields}
          currency={currency}
          onClose={close}
          onRemove={() => onSave(pauses.filter((_, index) => index !== open)).then(close)}
          onSave={(pause) => onSave(open < pauses.length ? pauses.map((one, index) => (index === open ? pause : one)) : [...pauses, pause]).then(close)}
        />
      )}
    </Section>
  )
}
