import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { ATTENTION } from '@/features/leads/attention'
import { readWhere } from '@/features/leads/filters'
import type { CustomersSearch } from '@/pages/CustomersPage'
import type { LeadsSearch } from '@/pages/LeadsPage'
import type { PipelineSearch } from '@/pages/PipelinePage'
import { Broken, Missing } from './Broken'
import { inside, root } from './inside'
import { settingsRoutes } from './routes/settings'

/** Pages before the login keep nothing on the device. */
const outside = createRoute({
  getParentRoute: () => root,
  id: 'outside',
  component: function Outside() {
    return (
      <QueryClientProvider client={strangers}>
        <Outlet />
      </QueryClientProvider>
    )
  },
})
const strangers = new QueryClient()

const login = createRoute({
  getParentRoute: () => outside,
  path: '/login',
  validateSearch: (raw: Record<string, unknown>): { next?: string } => (typeof raw.next === 'string' ? { next: raw.next } : {}),
}).lazy(() => import('./routes/outside').then((routes) => routes.login))
const forgot = createRoute({ getParentRoute: () => outside, path: '/password/reset' }).lazy(() => import('./routes/outside').then((routes) => routes.forgot))
const reset = createRoute({ getParentRoute: () => outside, path: '/password/reset/$key' }).lazy(() => import('./routes/outside').then((routes) => routes.reset))
const join = createRoute({ getParentRoute: () => outside, path: '/invitation/$token' }).lazy(() => import('./routes/outside').then((routes) => routes.join))
const start = createRoute({ getParentRoute: () => outside, path: '/start', component: lazyRouteComponent(() => import('@/pages/StartPage'), 'StartPage') })

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/pipeline' })
  },
})

const oneOf = <T extends string>(value: unknown, all: readonly T[]): T | undefined => all.find((one) => one === value)
const LISTS = ['all', 'mine', 'action', 'new', 'ready', 'untouched', 'deals'] as const
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const pipeline = createRoute({
  getParentRoute: () => inside,
  path: '/pipeline',
  validateSearch: (raw: Record<string, unknown>): PipelineSearch => ({
    pipeline: text(raw.pipeline),
    owner: text(raw.owner),
    source: text(raw.source),
    where: readWhere(raw.where),
    saved: text(raw.saved),
    view: oneOf(raw.view, ATTENTION),
    sort: oneOf(raw.sort, ['next', 'value', 'age', 'score'] as const),
  }),
}).lazy(() => import('./routes/pipeline').then((routes) => routes.pipeline))

const leads = createRoute({
  getParentRoute: () => inside,
  path: '/leads',
  validateSearch: (raw: Record<string, unknown>): LeadsSearch => ({
    view: oneOf(raw.view, [...LISTS, ...ATTENTION]),
    q: text(raw.q),
    owner: text(raw.owner),
    source: text(raw.source),
    where: readWhere(raw.where),
    sort: text(raw.sort),
    saved: text(raw.saved),
    at: Array.isArray(raw.at) ? raw.at.map(String) : undefined,
  }),
}).lazy(() => import('./routes/leads').then((routes) => routes.leads))
const lead = createRoute({ getParentRoute: () => inside, path: '/leads/$id' }).lazy(() => import('./routes/leads').then((routes) => routes.lead))

const customers = createRoute({
  getParentRoute: () => inside,
  path: '/customers',
  validateSearch: (raw: Record<string, unknown>): CustomersSearch => ({
    status: oneOf(raw.status, ['active', 'inactive'] as const),
    owner: text(raw.owner),
    q: text(raw.q),
    sort: text(raw.sort),
    at: Array.isArray(raw.at) ? raw.at.map(String) : undefined,
  }),
}).lazy(() => import('./routes/customers').then((routes) => routes.customers))
const customer = createRoute({ getParentRoute: () => inside, path: '/customers/$id' }).lazy(() => import('./routes/customers').then((routes) => routes.customer))

const tree = root.addChildren([outside.addChildren([login, forgot, reset, join, start]), inside.addChildren([home, pipeline, leads, lead, customers, customer, ...settingsRoutes])])

/** All addresses of the app. */
export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', defaultNotFoundComponent: Missing, defaultErrorComponent: Broken, scrollRestoration: false })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
