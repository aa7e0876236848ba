import { createLazyRoute, useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'

const AutomationsPage = lazy(() => import('@/pages/AutomationsPage'))
const AutomationPage = lazy(() => import('@/pages/AutomationPage'))

export const automations = createLazyRoute('/inside/automations')({
  component: function Automations() {
    const navigate = useNavigate()
    return <AutomationsPage onOpen={(id) => void navigate({ to: '/automations/$id', params: { id } })} />
  },
})

export const automation = createLazyRoute('/inside/automations/$id')({
  component: function Automation() {
    const { id } = automation.useParams()
    const { state } = automation.useSearch()
    const navigate = useNavigate()
    return (
      <AutomationPage
        key={id}
        id={id}
        state={state}
        onState={(to) => void navigate({ to: '/automations/$id', params: { id }, search: { state: to }, replace: true })}
        onOpen={(other) => void navigate({ to: '/automations/$id', params: { id: other } })}
        onLeave={() => void navigate({ to: '/automations' })}
      />
    )
  },
})
