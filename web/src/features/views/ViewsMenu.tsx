import { Button, Menu } from '@mantine/core'
import { IconBookmark, IconCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { changeView, deleteView, saveView, type SavedView } from '@/api/views'
import { newId } from '@/lib/uuid'
import { differs, fieldsOf, type Shown } from './shown'
import { useViews, VIEWS_OF_LEADS } from './useViews'
import type { Naming } from './ViewDialog'

const ViewDialog = lazy(() => import('./ViewDialog').then((part) => ({ default: part.ViewDialog })))

type Props = { saved: string | undefined; shown: Shown; onPick: (view: SavedView | null) => void }

/** The saved views: pick one, save what the list shows now, share it, forget it. */
export function ViewsMenu({ saved, shown, onPick }: Props) {
  const { t } = useTranslation()
  const { member } = useMe()
  const client = useQueryClient()
  const views = useViews()
  const [naming, setNaming] = useState<'new' | 'change' | null>(null)
  const picked = views.find(({ id }) => id === saved)
  const mine = views.filter((view) => view.owner_id === member.id)
  const others = views.filter((view) => view.owner_id !== member.id)
  const refresh = () => client.invalidateQueries({ queryKey: VIEWS_OF_LEADS })

  async function name(given: Naming): Promise<void> {
    const id = newId()
    if (naming === 'change' && picked) await changeView(picked.id, given, picked.version, id)
    else onPick(await saveView({ id, object: 'lead', ...given, ...fieldsOf(shown) }, id))
    await refresh()
    setNaming(null)
  }
  async function update(view: SavedView): Promise<void> {
    await changeView(view.id, fieldsOf(shown), view.version, newId())
    await refresh()
  }
  async function remove(view: SavedView): Promise<void> {
    await deleteView(view.id, newId())
    onPick(null)
    await refresh()
  }
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button leftSection={<IconBookmark size={15} stroke={1.7} aria-hidden />} aria-label={t('leads.saved.label')}>
            <bdi>{picked?.name ?? t('leads.saved.none')}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {views.length === 0 && <Menu.Label>{t('leads.saved.empty')}</Menu.Label>}
          <Group label={t('leads.saved.mine')} views={mine} picked={picked} onPick={onPick} />
          <Group label={t('leads.saved.shared')} views={others} picked={picked} onPick={onPick} />
          <Menu.Divider />
          {picked?.can_change === true && differs(picked, shown) && <Menu.Item onClick={() => void update(picked)}>{t('leads.saved.update', { name: picked.name })}</Menu.Item>}
          <Menu.Item onClick={() => setNaming('new')}>{t('leads.saved.save')}</Menu.Item>
          {picked?.can_change === true && (
            <>
              <Menu.Item onClick={() => setNaming('change')}>{t('leads.saved.edit')}</Menu.Item>
              <Menu.Item color="red" onClick={() => void remove(picked)}>
                {t('leads.saved.remove')}
              </Menu.Item>
            </>
          )}
          {picked && <Menu.Item onClick={() => onPick(null)}>{t('leads.saved.leave')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Suspense>{naming !== null && <ViewDialog view={naming === 'change' ? picked : undefined} onSave={name} onClose={() => setNaming(null)} />}</Suspense>
    </>
  )
}

type GroupProps = { label: string; views: readonly SavedView[]; picked: SavedView | undefined; onPick: (view: SavedView) => void }

function Group({ label, views, picked, onPick }: GroupProps) {
  if (views.length === 0) return null
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item key={view.id} rightSection={view.id === picked?.id && <IconCheck size={15} aria-hidden />} aria-current={view.id === picked?.id || undefined} onClick={() => onPick(view)}>
          <bdi>{view.name}</bdi>
        </Menu.Item>
      ))}
    </>
  )
}
