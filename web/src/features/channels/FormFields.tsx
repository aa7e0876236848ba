import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/filters'
import type { FormField } from '@/api/forms'
import { Row, Rows } from '@/ui/Rows'
import { Note, Section } from '@/ui/Screen'
import { FieldDialog } from './FieldDialog'
import { swapped, troubleWith, without } from './formFields'

type Props = { fields: readonly FormField[]; custom: readonly Field[]; disabled: boolean; onSave: (fields: FormField[]) => void }

/** The fields of a form in their order. */
export function FormFields({ fields, custom, disabled, onSave }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<{ at: number } | null>(null)
  const [trouble, setTrouble] = useState<string>()
  const field = asked ? fields[asked.at] : undefined
  function save(next: FormField[]): void {
    const found = troubleWith(next)
    const sentence = found && { reach: t('channels.forms.needReach'), choices: t('channels.forms.needChoices'), twice: t('channels.forms.twice', { key: found.key }) }[found.kind]
    setTrouble(sentence)
    setAsked(null)
    if (!found) onSave(next)
  }
  return (
    <Section title={t('channels.forms.fields')} action={!disabled && <Button onClick={() => setAsked({ at: fields.length })}>{t('channels.forms.addField')}</Button>}>
      {trouble !== undefined && <Note tone="hot">{trouble}</Note>}
      <Rows label={t('channels.forms.fields')}>
        {fields.map((one, at) => (
          <Row
            key={one.key}
            title={
              disabled ? (
                <bdi>{one.label}</bdi>
              ) : (
                <button type="button" onClick={() => setAsked({ at })}>
                  <bdi>{one.label}</bdi>
                </button>
              )
            }
            detail={
              <>
                {t(`channels.forms.field.${one.type}`)} · <bdi dir="ltr">{one.key}</bdi> · {t(one.required ? 'channels.forms.required' : 'channels.forms.optional')}
                {one.later && <> · {t('webforms.settings.isLater')}</>}
                {one.show_if != null && (
                  <>
                    {' · '}
                    {t('channels.forms.showIf')} <bdi>{fields.find(({ key }) => key === one.show_if?.field)?.label}</bdi> {t('channels.forms.equals')} <bdi>{one.show_if.equals}</bdi>
                  </>
                )}
              </>
            }
            end={
              !disabled && (
                <>
                  <ActionIcon aria-label={t('ui.up', { label: one.label })} disabled={at === 0} onClick={() => save(swapped(fields, at, -1))}>
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon aria-label={t('ui.down', { label: one.label })} disabled={at === fields.length - 1} onClick={() => save(swapped(fields, at, 1))}>
                    <IconArrowDown size={16} aria-hidden />
                  </ActionIcon>
                </>
              )
            }
          />
        ))}
      </Rows>
      {asked && (
        <FieldDialog
          field={field}
          others={fields.filter((one) => one !== field)}
          custom={custom}
          onClose={() => setAsked(null)}
          onSave={(next) => save(field ? fields.map((one) => (one === field ? next : one)) : [...fields, next])}
          onRemove={() => field && save(without(fields, field.key))}
        />
      )}
    </Section>
  )
}
