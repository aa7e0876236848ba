import { Button, FileButton, Select } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bring, type Import } from '@/api/transfer'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'
import styles from './Transfer.module.css'

const OBJECTS = ['lead', 'contact', 'company', 'customer'] as const

/** Where a list is dropped or chosen; what it is gets found out by its content. */
export function DropFile({ onBrought }: { onBrought: (made: Import) => void }) {
  const { t } = useTranslation()
  const say = useSentence()
  const [object, setObject] = useState<string>('lead')
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  async function take(file: File | null | undefined): Promise<void> {
    setOver(false)
    if (!file || busy) return
    setBusy(true)
    setWrong(undefined)
    try {
      onBrought(await bring(file, object, newId()))
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
  }
  return (
    <>
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          void take(event.dataTransfer.files[0])
        }}
      >
        <IconUpload size={24} stroke={1.5} aria-hidden />
        <p>{t('transfer.drop')}</p>
        <div className={styles.dropButtons}>
          <Select
            aria-label={t('transfer.what')}
            data={OBJECTS.map((value) => ({ value, label: t(`transfer.object.${value}`) }))}
            value={object}
            allowDeselect={false}
            onChange={(value) => setObject(value ?? 'lead')}
          />
          <FileButton onChange={(file) => void take(file)} accept=".csv,.tsv,.txt,.xlsx,.vcf,.mbox">
            {(props) => (
              <Button variant="filled" loading={busy} {...props}>
                {t('transfer.choose')}
              </Button>
            )}
          </FileButton>
        </div>
        <small>{t('transfer.kinds')}</small>
      </div>
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
    </>
  )
}
