import { ActionIcon, Badge } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import { Note } from '@/ui/Screen'

type Props = { fields: readonly Field[]; disabled: boolean; onEdit: (field: Field) => void; onPlace: (field: Field, position: number) => void; onRemove: (field: Field) => void }

/** The workspace's own fields of one object, in their order. */
export function OwnFields({ fields, disabled, onEdit, onPlace, onRemove }: Props) {
  const { t } = useTranslation()
  if (fields.length === 0) return <Note>{t('settings.fields.none')}</Note>
  return (
    <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {fields.map((field, index) => (
        <li key={field.key} style={{ display: 'flex', gap: 8, alignItems: 'center', minBlockSize: 44, borderBlockEnd: '1px solid var(--line)' }}>
          <bdi style={{ flex: 1, minInlineSize: 0 }}>{field.label}</bdi>
          {field.required && <Badge variant="light">{t('settings.fields.required')}</Badge>}
          <span style={{ color: 'var(--ink2)', fontSize: 13 }}>{t(`settings.fields.types.${field.formula === '' ? field.type : 'formula'}` as 'settings.fields.types.text', { defaultValue: field.type })}</span>
          {!disabled && (
            <>
              <ActionIcon aria-label={t('ui.up', { label: field.label })} disabled={index === 0} onClick={() => onPlace(field, index - 1)}>
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label={t('ui.down', { label: field.label })} disabled={index === fields.length - 1} onClick={() => onPlace(field, index + 1)}>
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label={t('settings.fields.edit', { label: field.label })} onClick={() => onEdit(field)}>
                <IconPencil size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon aria-label={t('settings.fields.remove', { label: field.label })} onClick={() => onRemove(field)}>
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}
