import { Button, Modal } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, Unreachable } from '@/api/problem'
import { Buttons, Note } from './Screen'

type Props = {
  title: string
  submit: string
  /** A throw keeps the dialog open and shows its sentence. */
  onSubmit: () => Promise<void> | void
  onClose: () => void
  danger?: boolean
  disabled?: boolean
  size?: string
  children?: ReactNode
}

/** A question or a form with one button; it stays open until what was asked for has happened. */
export function Dialog({ title, submit, onSubmit, onClose, danger = false, disabled = false, size = '480px', children }: Props) {
  const { t } = useTranslation()
  const say = useSentence()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()

  async function run(event: FormEvent): Promise<void> {
    event.preventDefault()
    // A dialog in a dialog is still inside the outer form, as React sees it.
    event.stopPropagation()
    setBusy(true)
    setWrong(undefined)
    try {
      await onSubmit()
    } catch (error) {
      setWrong(say(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form noValidate style={{ display: 'grid', gap: 12 }} onSubmit={(event) => void run(event)}>
        {children}
        {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
        <Buttons end>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="filled" {...(danger && { color: 'red' })} loading={busy} disabled={disabled}>
            {submit}
          </Button>
        </Buttons>
      </form>
    </Modal>
  )
}

/** An error as a sentence for people. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation()
  return (error) => (error instanceof Unreachable ? t('ui.needsNetwork') : error instanceof Problem ? error.message : t('ui.failed'))
}
