import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getAudit, type AuditEntry, type AuditPage as Page } from '@/api/workspaces'
import { changeLines } from '@/features/workspaces/changes'
import { When } from '@/ui/figures'
import { Loaded } from '@/ui/Loaded'
import { Older } from '@/ui/Older'
import { Row, Rows } from '@/ui/Rows'
import { Screen } from '@/ui/Screen'
import { EmptyState } from '@/ui/states'

/** Who changed what, newest first. */
export function AuditPage() {
  const { t } = useTranslation()
  const found = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) => getAudit(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.next_cursor ?? undefined,
    meta: { keep: false },
  })
  return (
    <Screen title={t('settings.screen.audit')} intro={t('settings.audit.intro')} wide>
      <Loaded found={found} bones={6}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items)
          if (entries.length === 0) return <EmptyState text={t('settings.audit.empty')} />
          return (
            <Rows label={t('settings.screen.audit')}>
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </Rows>
          )
        }}
      </Loaded>
      <Older pages={found} />
    </Screen>
  )
}

/** What was changed, by its name; a lead or a customer is opened from here. */
function Named({ entry }: { entry: AuditEntry }) {
  const { object_id: id, object_name: name, object_type: type } = entry
  if (id === null || name === '') return null
  const said = <bdi>{name}</bdi>
  if (type === 'lead')
    return (
      <Link to="/leads/$id" params={{ id }}>
        {said}
      </Link>
    )
  if (type === 'customer')
    return (
      <Link to="/customers/$id" params={{ id }}>
        {said}
      </Link>
    )
  return said
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const lines = changeLines(entry.changes)
  return (
    <Row
      title={
        <>
          <bdi>{entry.actor_name || t('settings.audit.system')}</bdi>
          <span style={{ fontWeight: 400 }}>{entry.label}</span>
          <Named entry={entry} />
        </>
      }
      detail={entry.address !== null && <bdi dir="ltr">{entry.address}</bdi>}
      end={<When at={entry.at} />}
    >
      {lines.length > 0 && (
        <details style={{ fontSize: 12.5 }}>
          <summary style={{ cursor: 'pointer', color: 'var(--ink2)', paddingBlock: 4 }}>{t('settings.audit.changes', { count: lines.length })}</summary>
          <dl style={{ margin: '4px 0 0', display: 'grid', gridTemplateColumns: 'minmax(80px, auto) 1fr', gap: '2px 12px' }}>
            {lines.map(({ name, before, after }) => (
              <div key={name} style={{ display: 'contents' }}>
                <dt style={{ color: 'var(--ink2)' }}>{entry.labels[name] ?? name}</dt>
                <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>
                  {before !== null && (
                    <>
                      <bdi style={{ color: 'var(--ink2)', textDecoration: 'line-through' }}>{before}</bdi>{' '}
                    </>
                  )}
                  <bdi>{after}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Row>
  )
}
