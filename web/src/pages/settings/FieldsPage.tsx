import { Button, SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addField, changeField, OBJECTS, removeField, type FieldsOf, type OwnField } from '@/api/fields'
import { getFields, type Field } from '@/api/filters'
import { useRight } from '@/api/me'
import { OwnFieldDialog } from '@/features/schema/OwnFieldDialog'
import { OwnFields } from '@/features/schema/OwnFields'
import { newId } from '@/lib/uuid'
import { Dialog } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen } from '@/ui/Screen'

type Asked = { what: 'edit'; field: Field | undefined } | { what: 'remove'; field: Field }

/** The fields a workspace adds to leads, persons and companies. */
export function FieldsPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayChange = useRight('settings:write')
  const [object, setObject] = useState<FieldsOf>('lead')
  const [asked, setAsked] = useState<Asked | null>(null)
  const found = useQuery({ queryKey: ['fields', object], queryFn: () => getFields(object) })

  async function done(written: Promise<unknown>): Promise<void> {
    await written
    await client.invalidateQueries({ queryKey: ['fields'] })
    setAsked(null)
  }
  function save(field: Field | undefined, { type, choices, formula, ...given }: OwnField): Promise<void> {
    if (!field?.id) return done(addField(object, { type, choices, formula, ...given }, newId()))
    return done(changeField(field.id, { ...given, ...(choices.length > 0 && { choices }), ...(formula !== '' && { formula }) }, field.version, newId()))
  }
  const close = () => setAsked(null)
  return (
    <Screen
      title={t('settings.screen.fields')}
      intro={t('settings.fields.intro')}
      action={
        mayChange && (
          <Button variant="filled" onClick={() => setAsked({ what: 'edit', field: undefined })}>
            {t('settings.fields.add')}
          </Button>
        )
      }
    >
      {!mayChange && found.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <SegmentedControl aria-label={t('settings.fields.object')} value={object} data={OBJECTS.map((value) => ({ value, label: t(`settings.fields.objects.${value}`) }))} onChange={setObject} />
      <Loaded found={found} height={160}>
        {(fields) => (
          <OwnFields
            fields={fields.filter((field) => field.custom)}
            disabled={!mayChange}
            onEdit={(field) => setAsked({ what: 'edit', field })}
            onPlace={(field, position) => void (field.id && done(changeField(field.id, { position }, field.version, newId())))}
            onRemove={(field) => setAsked({ what: 'remove', field })}
          />
        )}
      </Loaded>
      {asked?.what === 'edit' && <OwnFieldDialog object={object} fields={found.data ?? []} field={asked.field} onSave={(given) => save(asked.field, given)} onClose={close} />}
      {asked?.what === 'remove' && (
        <Dialog title={t('settings.fields.remove', { label: asked.field.label })} submit={t('ui.delete')} danger onClose={close} onSubmit={() => (asked.field.id ? done(removeField(asked.field.id, newId())) : undefined)}>
          <p>{t('settings.fields.removeSure')}</p>
        </Dialog>
      )}
    </Screen>
  )
}
