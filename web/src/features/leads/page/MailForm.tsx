import { Button } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadChannel } from '@/api/shapes'
import { useDraft } from '@/lib/draft'
import type { Writing } from '../operations'
import styles from './Composer.module.css'
import type { Composing } from './composing'

type Props = {
  lead: string
  mail: LeadChannel
  composing: Composing
  onMessage: (writing: Writing, shown: string) => void
}

/** A mail to the person: its subject goes on from the last one until another is written. */
export function MailForm({ lead, mail, composing, onMessage }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useDraft(`${lead}.mail`)
  const [subject, setSubject] = useState<string>()
  const shown = subject ?? mail.subject ?? ''
  const ready = text.trim() !== '' && shown.trim() !== ''
  function send(): void {
    if (!ready) return
    composing.stopped()
    onMessage({ channel: mail.channel, subject: shown.trim(), body: text.trim() }, text.trim())
    setText('')
    setSubject(undefined)
  }
  function onChange(to: string): void {
    setText(to)
    if (to.trim() === '') composing.stopped()
    else composing.typed()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    send()
  }
  if (!mail.can_free_text) return <p className={styles.foot}>{mail.reason}</p>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input className={styles.subject} dir="auto" maxLength={200} aria-label={t('leads.composer.subject')} placeholder={t('leads.composer.subject')} value={shown} onChange={(event) => setSubject(event.target.value)} />
      <textarea
        className={styles.text}
        dir="auto"
        data-composer
        aria-label={t('leads.composer.writeMail')}
        placeholder={t('leads.composer.writeMail')}
        maxLength={mail.longest}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onBlur={composing.stopped}
        onKeyDown={onKeyDown}
      />
      <div className={styles.foot}>
        <span className={styles.hint}>
          <bdi>{t('leads.composer.mailTo', { address: mail.address })}</bdi>
        </span>
        <Button type="submit" variant="filled" disabled={!ready}>
          {t('leads.composer.send')}
        </Button>
      </div>
    </form>
  )
}
