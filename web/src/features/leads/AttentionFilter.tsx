import { ActionIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ATTENTION, ATTENTION_ICONS, type Attention } from './attention'

type Props = { view: string | undefined; onView: (view: Attention | undefined) => void }

/** One click to the leads that need attention now, one more to all of them. */
export function AttentionFilter({ view, onView }: Props) {
  const { t } = useTranslation()
  return (
    <div role="group" aria-label={t('leads.attention.label')} style={{ display: 'flex', gap: 2 }}>
      {ATTENTION.map((one) => {
        const Icon = ATTENTION_ICONS[one]
        const on = view === one
        return (
          <ActionIcon key={one} variant={on ? 'filled' : 'default'} aria-pressed={on} aria-label={t(`leads.attention.${one}`)} title={t(`leads.attention.${one}`)} onClick={() => onView(on ? undefined : one)}>
            <Icon size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
        )
      })}
    </div>
  )
}
