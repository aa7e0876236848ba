import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { day } from '@/lib/time'
import { Note } from '@/ui/Screen'
import styles from './Answer.module.css'

/** Days on which the business is closed all day. */
export function Holidays({ holidays, disabled, onSave }: { holidays: readonly string[]; disabled: boolean; onSave: (holidays: string[]) => void }) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState('')
  const said = (date: string) => day(`${date}T12:00:00`, i18n.language)
  return (
    <>
      {holidays.length === 0 ? (
        <Note>{t('flow.answer.noHolidays')}</Note>
      ) : (
        <ul className={styles.chips}>
          {holidays.map((date) => (
            <li key={date}>
              <bdi>{said(date)}</bdi>
              {!disabled && (
                <ActionIcon size="sm" aria-label={t('flow.answer.removeHoliday', { day: said(date) })} onClick={() => onSave(holidays.filter((one) => one !== date))}>
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <form
          style={{ display: 'flex', gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault()
            // In a dialog this form is inside another one, as React sees it.
            event.stopPropagation()
            if (text === '') return
            onSave([...new Set([...holidays, text])].toSorted())
            setText('')
          }}
        >
          <TextInput type="date" aria-label={t('flow.answer.addHoliday')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Button type="submit" disabled={text === ''}>
            {t('flow.answer.addHoliday')}
          </Button>
        </form>
      )}
    </>
  )
}
