import { createLazyRoute, useCanGoBack, useRouter } from '@tanstack/react-router'
import { LeadPage } from '@/pages/LeadPage'
import { LeadsPage } from '@/pages/LeadsPage'

export const leads = createLazyRoute('/inside/leads')({
  component: function Leads() {
    const search = leads.useSearch()
    const navigate = leads.useNavigate()
    return (
      <LeadsPage
        search={search}
        onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: !('at' in change) })}
        onOpen={(id) => void navigate({ to: '/leads/$id', params: { id } })}
      />
    )
  },
})

export const lead = createLazyRoute('/inside/leads/$id')({
  component: function Lead() {
    const { id } = lead.useParams()
    const router = useRouter()
    const cameFromHere = useCanGoBack()
    const navigate = lead.useNavigate()
    return (
      <LeadPage
        key={id}
        id={id}
        onOpen={(next) => void navigate({ to: '/leads/$id', params: { id: next }, replace: true })}
        onFind={(q) => void navigate({ to: '/leads', search: { q } })}
        onBack={() => (cameFromHere ? router.history.back() : void navigate({ to: '/leads' }))}
        onLeave={() => void navigate({ to: '/leads' })}
      />
    )
  },
})
