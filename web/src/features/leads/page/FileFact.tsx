import { ActionIcon, Button, FileButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { bringFile, dropFile, fileAt } from '@/api/files'
import type { Lead } from '@/api/shapes'
import { useOnline } from '@/lib/screen'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'
import styles from './Lead.module.css'

/** A file in a field of a lead: kept, shown, replaced, taken out. */
export function FileFact({ lead, field, value }: { lead: Lead; field: Field; value: unknown }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const online = useOnline()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const held = value as { name: string } | null | undefined

  async function act(doing: Promise<unknown>): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      await doing
    } catch (error) {
      setWrong(say(error))
    }
    await client.invalidateQueries({ queryKey: ['leads', 'one', lead.id] })
    setBusy(false)
  }
  return (
    <div className={styles.file}>
      {held && (
        <a href={fileAt(lead.id, field.key)} download={held.name}>
          <bdi>{held.name}</bdi>
        </a>
      )}
      {lead.can.change && online && (
        <>
          <FileButton onChange={(file) => file && void act(bringFile(lead.id, field.key, file))}>
            {(props) => (
              <Button size="xs" variant="default" loading={busy} aria-label={t(held ? 'leads.page.otherFile' : 'leads.page.chooseFile', { label: field.label })} {...props}>
                {t('leads.page.choose')}
              </Button>
            )}
          </FileButton>
          {held && (
            <ActionIcon aria-label={t('leads.page.dropFile', { label: field.label })} disabled={busy} onClick={() => void act(dropFile(lead.id, field.key, newId()))}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </>
      )}
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
    </div>
  )
}
