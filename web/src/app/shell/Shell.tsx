import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRight } from '@/api/me'
import { Bell } from '@/features/notices/Bell'
import { useAppearance } from '@/lib/appearance'
import { useKeys } from '@/lib/keys'
import { usePhone } from '@/lib/screen'
import { AccountMenu } from './AccountMenu'
import { BottomBar } from './BottomBar'
import { LoginAgain } from './LoginAgain'
import { NewVersion } from './NewVersion'
import { Rail } from './Rail'
import { ReadOnlyBanner } from './ReadOnlyBanner'
import styles from './Shell.module.css'
import { SyncBadge } from './SyncBadge'

const Palette = lazy(() => import('./Palette'))
const QuickAdd = lazy(() => import('@/features/leads/QuickAdd'))
const KeyHelp = lazy(() => import('./KeyHelp').then(({ KeyHelp: part }) => ({ default: part })))

type Open = 'palette' | 'new' | 'keys' | null

function focusFilter(): void {
  document.querySelector<HTMLElement>('[data-filter]')?.focus()
}

/** The frame around every screen of a logged-in member. */
export function Shell({ onLogOut, onBack }: { onLogOut: () => void; onBack: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { railOpen } = useAppearance()
  const phone = usePhone()
  const mayAdd = useRight('leads:write')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const add = () => mayAdd && setOpen('new')
  useKeys({
    'mod+k': () => setOpen('palette'),
    n: add,
    '/': focusFilter,
    '?': () => setOpen('keys'),
  })

  return (
    <div className={styles.shell} data-rail={railOpen ? 'open' : 'closed'}>
      <a href="#content" className={styles.skip}>
        {t('app.skip')}
      </a>
      {!phone && <Rail onSearch={() => setOpen('palette')} />}
      <header className={styles.top}>
        <SyncBadge />
        <NewVersion />
        <div className={styles.space} />
        {mayAdd && !phone && (
          <Button variant="filled" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('app.newLead')}
          </Button>
        )}
        <Bell
          onOpen={(lead) => void navigate({ to: '/leads/$id', params: { id: lead } })}
          onTransfer={(id) => void (id === undefined ? navigate({ to: '/settings/transfer' }) : navigate({ to: '/settings/transfer/$id', params: { id } }))}
          onBulkEdit={(id) => void import('@/features/leads/bulk/BulkToast').then(({ showBulkEdit }) => showBulkEdit(id, client))}
        />
        <AccountMenu onLogOut={onLogOut} />
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        <ReadOnlyBanner />
        <Outlet />
      </main>
      {phone && <BottomBar onNew={add} onSearch={() => setOpen('palette')} />}
      <LoginAgain onBack={onBack} onLogOut={onLogOut} />
      <Suspense>
        {open === 'palette' && <Palette onClose={close} onNew={() => setOpen('new')} />}
        {open === 'new' && <QuickAdd onClose={close} />}
        {open === 'keys' && <KeyHelp opened onClose={close} />}
      </Suspense>
    </div>
  )
}
