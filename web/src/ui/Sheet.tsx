import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

// As high as its content: a sheet that covers the screen hides what it belongs to.
const SHEET = {
  inner: { alignItems: 'flex-end' },
  content: { blockSize: 'auto', flex: '0 1 100%', maxBlockSize: '85dvh', borderRadius: '14px 14px 0 0' },
} as const

export type SheetProps = { title: string; onClose: () => void; children: ReactNode }

/** The open sheet. */
export default function Sheet({ title, onClose, children }: SheetProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened
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
