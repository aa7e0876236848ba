import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArchive, IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LossReason } from '@/api/shapes'
import { AutoField } from '@/ui/AutoField'
import { Note } from '@/ui/Screen'
import { useSentence } from '@/ui/Dialog'
import styles from './Pipelines.module.css'

type Fields = Partial<Pick<LossReason, 'name'>> & { archived?: boolean }
type Props = { reasons: readonly LossReason[]; disabled: boolean; onChange: (reason: LossReason, fields: Fields) => void; onPlace: (reason: LossReason, position: number) => void; onAdd: (name: string) => Promise<void> }

/** Why leads are lost: the list people choose from. */
export function Reasons({ reasons, disabled, onChange, onPlace, onAdd }: Props) {
  const { t } = useTranslation()
  const say = useSentence()
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState<string>()
  const shown = reasons.filter((reason) => !('archived' in reason && reason.archived === true))
  async function add(): Promise<void> {
    if (name.trim() === '') return
    setWrong(undefined)
    try {
      await onAdd(name.trim())
      setName('')
    } catch (error) {
      setWrong(say(error))
    }
  }
  return (
    <div>
      {shown.length === 0 && <Note>{t('settings.stages.noReasons')}</Note>}
      {shown.map((reason, index) => (
        <div key={reason.id} className={styles.reason}>
          <AutoField hiddenLabel label={t('settings.stages.name')} value={reason.name} disabled={disabled} check={(text) => (text === '' ? t('settings.needName') : undefined)} onSave={(text) => onChange(reason, { name: text })} />
          {!disabled && (
            <>
              <ActionIcon aria-label={t('ui.up', { label: reason.name })} disabled={index === 0} onClick={() => onPlace(reason, index - 1)}>
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label={t('ui.down', { label: reason.name })} disabled={index === shown.length - 1} onClick={() => onPlace(reason, index + 1)}>
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label={`${t('settings.stages.archive')}: ${reason.name}`} title={t('settings.stages.archive')} onClick={() => onChange(reason, { archived: true })}>
                <IconArchive size={16} aria-hidden />
              </ActionIcon>
            </>
          )}
        </div>
      ))}
      {!disabled && (
        <form
          className={styles.reason}
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <TextInput aria-label={t('settings.stages.addReason')} placeholder={t('settings.stages.addReason')} dir="auto" value={name} error={wrong} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" disabled={name.trim() === ''}>
            {t('ui.add')}
          </Button>
        </form>
      )}
    </div>
  )
}
