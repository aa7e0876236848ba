import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

// As high as its content: a sheet that covers the screen hides what it belongs to.
const SHEET = {
  inner: { alignItems: 'flex-end' },
  content: { blockSize: 'auto', flex: '0 1 100%', maxBlockSize: '85dvh', borderRadius: '14px 14px 0 0' },
} as const

type Props = { title: string; opened: boolean; onClose: () => void; children: ReactNode }

/** A sheet from the bottom of the screen, for choices on a phone. */
export function BottomSheet({ title, opened, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="bottom"
      size="auto"
      styles={SHEET}
      transitionProps={{ duration: 120, transition: 'fade' }}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {children}
    </Drawer>
  )
}
