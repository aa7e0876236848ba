import { ActionIcon, Indicator, Popover } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getNotices } from '@/api/notices'
import type { Notice, Notices } from '@/api/shapes'
import { useOutbox, usePainted } from '@/offline/session'
import { Ago } from '@/ui/figures'
import styles from './Bell.module.css'
import { read } from './kinds'

const KEY = ['notices']

type Props = { onOpen: (leadId: string) => void; onTransfer: (importId?: string) => void; onBulkEdit: (editId: string) => void }

/** The bell: how many notices are unread, and the list of them. */
export function Bell({ onOpen, onTransfer, onBulkEdit }: Props) {
  const { t } = useTranslation()
  const outbox = useOutbox()
  const [open, setOpen] = useState(false)
  const found = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) => getNotices(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Notices) => page.next_cursor ?? undefined,
  })
  const painted = usePainted<InfiniteData<Notices> | undefined>(KEY, found.data)
  const unread = painted?.pages[0]?.unread ?? 0
  const notices = painted?.pages.flatMap((page) => page.items) ?? []

  function choose(notice: Notice): void {
    if (notice.read_at === null) void outbox.add(read([notice.id]))
    setOpen(false)
    if (notice.link?.object === 'lead') onOpen(notice.link.id)
    if (notice.link?.object === 'import') onTransfer(notice.link.id)
    if (notice.link?.object === 'export') onTransfer()
    if (notice.link?.object === 'bulk_edit') onBulkEdit(notice.link.id)
  }
  return (
    <Popover position="bottom-end" opened={open} onChange={setOpen} trapFocus withinPortal>
      <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={16} offset={5} color="red" inline>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={unread > 0 ? t('app.bell.unread', { count: unread }) : t('app.bell.title')} onClick={() => setOpen(!open)}>
            <IconBell size={19} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <section className={styles.list} aria-label={t('app.bell.title')}>
          <div className={styles.head}>
            <h2>{t('app.bell.title')}</h2>
            {unread > 0 && (
              <button type="button" className={styles.link} onClick={() => void outbox.add(read('all'))}>
                {t('app.bell.readAll')}
              </button>
            )}
          </div>
          {notices.length === 0 && <p className={styles.none}>{t(found.isPending ? 'ui.loading' : 'app.bell.none')}</p>}
          <ul>
            {notices.map((notice) => (
              <li key={notice.id}>
                <button type="button" className={styles.notice} data-unread={notice.read_at === null || undefined} onClick={() => choose(notice)}>
                  <strong dir="auto">{notice.title}</strong>
                  {notice.text !== '' && <span dir="auto">{notice.text}</span>}
                  <small>
                    <Ago at={notice.at} />
                  </small>
                </button>
              </li>
            ))}
          </ul>
          {found.hasNextPage && (
            <button type="button" className={styles.link} onClick={() => void found.fetchNextPage()}>
              {t('leads.timeline.older')}
            </button>
          )}
        </section>
      </Popover.Dropdown>
    </Popover>
  )
}
