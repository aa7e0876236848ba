import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from './Announcer'
import styles from './CopyField.module.css'

const SHOWN = 2000

/** A text to take elsewhere: shown whole, copied with one press. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const code = useRef<HTMLElement>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), SHOWN)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
      announce(t('ui.copied'))
    } catch {
      // Without HTTPS there is no clipboard: what is selected can be copied by hand.
      if (code.current) getSelection()?.selectAllChildren(code.current)
    }
  }
  const name = t(copied ? 'ui.copied' : 'ui.copy', { label })
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <div className={styles.line}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text scrolls, and the keyboard must reach it */}
        <code ref={code} className={styles.code} dir="ltr" tabIndex={0} aria-label={label}>
          {value}
        </code>
        <ActionIcon variant="default" aria-label={name} title={name} onClick={() => void copy()}>
          {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} stroke={1.7} aria-hidden />}
        </ActionIcon>
      </div>
    </div>
  )
}
