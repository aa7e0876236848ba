import { createLazyRoute, useCanGoBack, useRouter } from '@tanstack/react-router'
import { CustomerPage } from '@/pages/CustomerPage'
import { CustomersPage } from '@/pages/CustomersPage'

export const customers = createLazyRoute('/inside/customers')({
  component: function Customers() {
    const search = customers.useSearch()
    const navigate = customers.useNavigate()
    return (
      <CustomersPage
        search={search}
        onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: !('at' in change) })}
        onOpen={(id) => void navigate({ to: '/customers/$id', params: { id } })}
      />
    )
  },
})

export const customer = createLazyRoute('/inside/customers/$id')({
  component: function Customer() {
    const { id } = customer.useParams()
    const router = useRouter()
    const cameFromHere = useCanGoBack()
    const navigate = customer.useNavigate()
    return <CustomerPage key={id} id={id} onBack={() => (cameFromHere ? router.history.back() : void navigate({ to: '/customers' }))} />
  },
})
