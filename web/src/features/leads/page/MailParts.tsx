import { Button, Modal, Switch } from '@mantine/core'
import { IconMailOpened } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '@/api/shapes'
import styles from './Timeline.module.css'

type Details = { subject?: unknown; html?: unknown; trimmed?: unknown }

/** What a mail has beside its words: its subject, and the whole of it where that is more. */
export function MailParts({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const details = (entry.payload as { details?: Details }).details ?? {}
  const subject = typeof details.subject === 'string' ? details.subject : ''
  const id = entry.payload.message_id
  const more = id !== undefined && (details.html === true || details.trimmed === true)
  if (subject === '' && !more) return null
  return (
    <div className={styles.mail}>
      <strong>
        <bdi>{subject}</bdi>
      </strong>
      {more && (
        <Button size="compact-xs" variant="subtle" leftSection={<IconMailOpened size={14} aria-hidden />} onClick={() => setOpen(true)}>
          {t('leads.mail.whole')}
        </Button>
      )}
      {open && id !== undefined && <WholeMail id={id} subject={subject} onClose={() => setOpen(false)} />}
    </div>
  )
}

/** The mail as it looks, in a frame that runs nothing and belongs to nobody; pictures only when asked for. */
function WholeMail({ id, subject, onClose }: { id: string; subject: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [pictures, setPictures] = useState(false)
  const title = subject === '' ? t('leads.mail.title') : subject
  return (
    <Modal opened onClose={onClose} size="760px" title={<bdi>{title}</bdi>} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Switch label={t('leads.mail.pictures')} description={t('leads.mail.picturesHint')} checked={pictures} onChange={(event) => setPictures(event.currentTarget.checked)} />
      <iframe className={styles.whole} title={title} sandbox="allow-popups allow-popups-to-escape-sandbox" referrerPolicy="no-referrer" src={`/api/v1/mails/${id}/page${pictures ? '?images=true' : ''}`} />
    </Modal>
  )
}
