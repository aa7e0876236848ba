import { useTranslation } from 'react-i18next'
import type { Template } from '@/api/whatsapp'
import { Chip, type Tone } from '@/ui/Chip'
import { Row, Rows } from '@/ui/Rows'
import { Note } from '@/ui/Screen'

const TONES: Record<Template['state'], Tone> = { approved: 'ok', pending: 'warm', rejected: 'hot', paused: 'warm', disabled: 'hot', deleted: 'plain' }

/** The templates of a provider: what they say, and whether they may be sent. */
export function Templates({ templates }: { templates: readonly Template[] }) {
  const { t, i18n } = useTranslation()
  if (templates.length === 0) return <Note>{t('channels.whatsapp.noTemplates')}</Note>
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language', fallback: 'code' })
  return (
    <Rows label={t('channels.whatsapp.templates')}>
      {templates.map((template) => (
        <Row
          key={template.id}
          title={
            <>
              <bdi dir="ltr">{template.name}</bdi>
              <Chip tone={TONES[template.state]}>{t(`channels.whatsapp.state.${template.state}`)}</Chip>
            </>
          }
          detail={
            <>
              <span dir="auto" lang={template.language} style={{ display: 'block' }}>
                {template.body}
              </span>
              {template.reason !== '' && <span style={{ color: 'var(--hot)' }}>{template.reason}</span>}
            </>
          }
          end={languages.of(template.language.replace('_', '-'))}
        />
      ))}
    </Rows>
  )
}
