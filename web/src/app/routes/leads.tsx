import { createLazyRoute } from '@tanstack/react-router'
import { LeadPage } from '@/pages/LeadPage'

export const lead = createLazyRoute('/inside/leads/$id')({
  component: function Lead() {
    const { id } = lead.useParams()
    return <LeadPage key={id} id={id} />
  },
})
