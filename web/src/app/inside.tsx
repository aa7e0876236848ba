import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { knock } from '@/api/me'
import { OutboxProvider } from '@/offline/session'
import { Broken, Missing } from './Broken'
import { gearOf } from './gear'
import { adoptLook } from './look'
import { Present } from './Present'
import { Shell } from './shell/Shell'

/** Above every address. */
export const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Broken })

/** Everything a member sees; a stranger is led to the login first. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const door = await firstKnock
    if (door.state === 'start') throw redirect({ to: '/start' })
    if (door.state === 'login') throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
    if (door.state === 'unreachable') throw new Error('unreachable')
    await adoptLook(door.me)
    return { me: door.me, gear: gearOf(door.me) }
  },
  component: function Inside() {
    const { me, gear } = inside.useRouteContext()
    return (
      <QueryClientProvider client={gear.reads.client}>
        <OutboxProvider outbox={gear.outbox}>
          <Present me={me}>
            <Shell onLogOut={() => void gear.leave()} onBack={gear.resume} />
          </Present>
        </OutboxProvider>
      </QueryClientProvider>
    )
  },
})
const firstKnock = knock()
