import { createLazyRoute, Navigate, Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { usePhone } from '@/lib/screen'
import { SettingsPage } from '@/pages/settings/SettingsPage'
import { chooseLook } from '../look'

const ProfilePage = lazy(() => import('@/pages/settings/ProfilePage'))
const FormsPage = lazy(() => import('@/pages/settings/FormsPage'))
const FormPage = lazy(() => import('@/pages/settings/FormPage'))
const TransferPage = lazy(() => import('@/pages/settings/TransferPage'))
const ImportPage = lazy(() => import('@/pages/settings/ImportPage'))
const AdChannelPage = lazy(() => import('@/pages/settings/AdChannelPage'))
const LogPage = lazy(() => import('@/pages/settings/LogPage'))
const EntryPage = lazy(() => import('@/pages/settings/EntryPage'))
const LatePage = lazy(() => import('@/pages/settings/LatePage'))
const OutboxPage = lazy(() => import('@/pages/settings/OutboxPage'))

export const settings = createLazyRoute('/inside/settings')({
  component: function Settings() {
    const matches = useMatchRoute()
    return (
      <SettingsPage at={matches({ to: '/settings' }) === false ? 'screen' : 'list'}>
        <Outlet />
      </SettingsPage>
    )
  },
})

export const index = createLazyRoute('/inside/settings/')({
  component: function Index() {
    // A phone shows the list first; where both fit, an empty half would be a waste.
    return usePhone() ? null : <Navigate to="/settings/profile" replace />
  },
})

export const profile = createLazyRoute('/inside/settings/profile')({
  component: function Profile() {
    return <ProfilePage onLook={(look) => void chooseLook(look)} />
  },
})

export const forms = createLazyRoute('/inside/settings/forms')({
  component: function Forms() {
    const navigate = useNavigate()
    return <FormsPage onOpen={(id) => void navigate({ to: '/settings/forms/$id', params: { id } })} />
  },
})

export const form = createLazyRoute('/inside/settings/forms/$id')({
  component: function Form() {
    const { id } = form.useParams()
    const navigate = useNavigate()
    return <FormPage key={id} id={id} onLeave={() => void navigate({ to: '/settings/forms' })} />
  },
})

export const adChannel = createLazyRoute('/inside/settings/ads/$channel')({
  component: function AdChannel() {
    const { channel } = adChannel.useParams()
    return <AdChannelPage key={channel} channel={channel} />
  },
})

export const late = createLazyRoute('/inside/settings/late')({
  component: function Late() {
    const search = late.useSearch()
    const navigate = useNavigate()
    return <LatePage search={search} onSearch={(change) => void navigate({ to: '/settings/late', search: { ...search, ...change }, replace: true })} />
  },
})

export const log = createLazyRoute('/inside/settings/log')({
  component: function Log() {
    const search = log.useSearch()
    const navigate = useNavigate()
    return <LogPage search={search} onSearch={(change) => void navigate({ to: '/settings/log', search: { ...search, ...change }, replace: true })} />
  },
})

export const entry = createLazyRoute('/inside/settings/log/$id')({
  component: function Entry() {
    const { id } = entry.useParams()
    return <EntryPage key={id} id={id} />
  },
})

export const outbox = createLazyRoute('/inside/settings/outbox')({
  component: function Outbox() {
    const { state } = outbox.useSearch()
    const navigate = useNavigate()
    return <OutboxPage state={state} onState={(to) => void navigate({ to: '/settings/outbox', search: { state: to }, replace: true })} />
  },
})

export const transfer = createLazyRoute('/inside/settings/transfer')({
  component: function Transfer() {
    const navigate = useNavigate()
    return <TransferPage onOpen={(id) => void navigate({ to: '/settings/transfer/$id', params: { id } })} />
  },
})

export const brought = createLazyRoute('/inside/settings/transfer/$id')({
  component: function Brought() {
    const { id } = brought.useParams()
    const navigate = useNavigate()
    return <ImportPage key={id} id={id} onLeave={() => void navigate({ to: '/settings/transfer' })} />
  },
})
