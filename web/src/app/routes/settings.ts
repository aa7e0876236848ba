import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { speakOfSettings } from '@/i18n'
import { inside } from '../inside'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const date = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined)

export type LogSearch = { state?: string | undefined; channel?: string | undefined }
export type LateSearch = { first?: string | undefined; last?: string | undefined; owner?: string | undefined }
export type RunsSearch = { state?: string | undefined }

const page = createRoute({ getParentRoute: () => inside, path: '/settings', beforeLoad: speakOfSettings }).lazy(() =>
  import('./settingsScreens').then((screens) => screens.settings),
)
const index = createRoute({ getParentRoute: () => page, path: '/' }).lazy(() => import('./settingsScreens').then((screens) => screens.index))
const profile = createRoute({ getParentRoute: () => page, path: '/profile' }).lazy(() => import('./settingsScreens').then((screens) => screens.profile))
const company = createRoute({ getParentRoute: () => page, path: '/company', component: lazyRouteComponent(() => import('@/pages/settings/CompanyPage'), 'CompanyPage') })
const members = createRoute({ getParentRoute: () => page, path: '/members', component: lazyRouteComponent(() => import('@/pages/settings/MembersPage'), 'MembersPage') })
const teams = createRoute({ getParentRoute: () => page, path: '/teams', component: lazyRouteComponent(() => import('@/pages/settings/TeamsPage'), 'TeamsPage') })
const keys = createRoute({ getParentRoute: () => page, path: '/keys', component: lazyRouteComponent(() => import('@/pages/settings/KeysPage'), 'KeysPage') })
const audit = createRoute({ getParentRoute: () => page, path: '/audit', component: lazyRouteComponent(() => import('@/pages/settings/AuditPage'), 'AuditPage') })
const logins = createRoute({ getParentRoute: () => page, path: '/logins', component: lazyRouteComponent(() => import('@/pages/settings/LoginsPage'), 'LoginsPage') })
const pipeline = createRoute({ getParentRoute: () => page, path: '/pipeline', component: lazyRouteComponent(() => import('@/pages/settings/StagesPage'), 'StagesPage') })
const fields = createRoute({ getParentRoute: () => page, path: '/fields', component: lazyRouteComponent(() => import('@/pages/settings/FieldsPage'), 'FieldsPage') })
const conversion = createRoute({ getParentRoute: () => page, path: '/conversion', component: lazyRouteComponent(() => import('@/pages/settings/ConversionPage'), 'ConversionPage') })
const scoring = createRoute({ getParentRoute: () => page, path: '/scoring', component: lazyRouteComponent(() => import('@/pages/settings/ScoringPage'), 'ScoringPage') })
const prediction = createRoute({ getParentRoute: () => page, path: '/prediction', component: lazyRouteComponent(() => import('@/pages/settings/PredictionPage'), 'PredictionPage') })
const assignment = createRoute({ getParentRoute: () => page, path: '/assignment', component: lazyRouteComponent(() => import('@/pages/settings/AssignmentPage'), 'AssignmentPage') })
const answer = createRoute({ getParentRoute: () => page, path: '/answer', component: lazyRouteComponent(() => import('@/pages/settings/AnswerPage'), 'AnswerPage') })
const late = createRoute({
  getParentRoute: () => page,
  path: '/late',
  validateSearch: (raw: Record<string, unknown>): LateSearch => ({ first: date(raw.first), last: date(raw.last), owner: text(raw.owner) }),
}).lazy(() => import('./settingsScreens').then((screens) => screens.late))
const mail = createRoute({ getParentRoute: () => page, path: '/mail', component: lazyRouteComponent(() => import('@/pages/settings/MailPage'), 'MailPage') })
const whatsapp = createRoute({ getParentRoute: () => page, path: '/whatsapp', component: lazyRouteComponent(() => import('@/pages/settings/WhatsAppPage'), 'WhatsAppPage') })
const connections = createRoute({ getParentRoute: () => page, path: '/connections', component: lazyRouteComponent(() => import('@/pages/settings/ConnectionsPage'), 'ConnectionsPage') })
const ads = createRoute({ getParentRoute: () => page, path: '/ads', component: lazyRouteComponent(() => import('@/pages/settings/AdsPage'), 'AdsPage') })
const adChannel = createRoute({ getParentRoute: () => page, path: '/ads/$channel' }).lazy(() => import('./settingsScreens').then((screens) => screens.adChannel))
const forms = createRoute({ getParentRoute: () => page, path: '/forms' }).lazy(() => import('./settingsScreens').then((screens) => screens.forms))
const form = createRoute({ getParentRoute: () => page, path: '/forms/$id' }).lazy(() => import('./settingsScreens').then((screens) => screens.form))
const spam = createRoute({ getParentRoute: () => page, path: '/spam', component: lazyRouteComponent(() => import('@/pages/settings/SpamPage'), 'SpamPage') })
const websites = createRoute({ getParentRoute: () => page, path: '/websites', component: lazyRouteComponent(() => import('@/pages/settings/WebsitesPage'), 'WebsitesPage') })
const transfer = createRoute({ getParentRoute: () => page, path: '/transfer' }).lazy(() => import('./settingsScreens').then((screens) => screens.transfer))
const brought = createRoute({ getParentRoute: () => page, path: '/transfer/$id' }).lazy(() => import('./settingsScreens').then((screens) => screens.brought))
const log = createRoute({
  getParentRoute: () => page,
  path: '/log',
  validateSearch: (raw: Record<string, unknown>): LogSearch => ({ state: text(raw.state), channel: text(raw.channel) }),
}).lazy(() => import('./settingsScreens').then((screens) => screens.log))
const entry = createRoute({ getParentRoute: () => page, path: '/log/$id' }).lazy(() => import('./settingsScreens').then((screens) => screens.entry))
const outbox = createRoute({
  getParentRoute: () => page,
  path: '/outbox',
  validateSearch: (raw: Record<string, unknown>): RunsSearch => ({ state: text(raw.state) }),
}).lazy(() => import('./settingsScreens').then((screens) => screens.outbox))
const automations = createRoute({ getParentRoute: () => inside, path: '/automations', beforeLoad: speakOfSettings }).lazy(() =>
  import('./automations').then((screens) => screens.automations),
)
const automation = createRoute({
  getParentRoute: () => inside,
  path: '/automations/$id',
  beforeLoad: speakOfSettings,
  validateSearch: (raw: Record<string, unknown>): RunsSearch => ({ state: text(raw.state) }),
}).lazy(() => import('./automations').then((screens) => screens.automation))
const screens = [index, profile, company, members, teams, keys, audit, logins, pipeline, fields, conversion, scoring, prediction, assignment, answer, late, whatsapp, mail, ads, adChannel, connections, forms, form, spam, websites, transfer, brought, log, entry, outbox] as const

/** The addresses of settings and automations; their sentences are loaded with the first of them. */
export const settingsRoutes = [page.addChildren(screens), automations, automation] as const
