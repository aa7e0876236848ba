import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const KEYS = [
  ['N', 'new'],
  ['/', 'filter'],
  ['⌘K', 'palette'],
  ['J', 'next'],
  ['K', 'previous'],
  ['E', 'edit'],
  ['Enter', 'open'],
  ['Space', 'lift'],
  ['?', 'help'],
] as const

/** The list of keys. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('app.keys.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '8px 16px', margin: 0 }}>
        {KEYS.map(([key, word]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd style={{ margin: 0 }}>{t(`app.keys.${word}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
