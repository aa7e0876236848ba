import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { logOut } from '@/api/login'
import { forgetMe, type Me } from '@/api/me'
import { isReadOnly, watchReadOnly } from '@/api/readOnly'
import './kinds'
import '@/features/notices/kinds'
import { forgetDrafts } from '@/lib/draft'
import { staleAfter } from '@/live/rooms'
import { followLive } from '@/live/stream'
import { Outbox } from '@/offline/outbox'
import { openReads, type Reads } from '@/offline/reads'
import { settleInto } from '@/offline/session'
import { operationStore } from '@/offline/store'

/** What a logged-in member works with: the cache, the write path and the live stream. */
export type Gear = { reads: Reads; outbox: Outbox; resume: () => void; leave: () => Promise<void> }

let gear: { member: string; gear: Gear } | undefined

function assemble(me: Me): Gear {
  const member = me.member.id
  const reads = openReads(member)
  const store = operationStore(member)
  const outbox = new Outbox(store, member)
  settleInto(reads.client, outbox, (operation) => {
    const message = i18next.t('sync.failedToast', { title: operation.subject.title, reason: operation.reason ?? '' })
    notifications.show({ color: 'red', message, closeButtonProps: { 'aria-label': i18next.t('ui.close') } })
  })
  outbox.listen({
    done: (operation, answer) => {
      if (operation.kind !== 'lead.add' || answer?.joined !== true) return
      notifications.show({ message: i18next.t('leads.add.joined', { title: operation.subject.title }), closeButtonProps: { 'aria-label': i18next.t('ui.close') } })
    },
  })
  const live = followLive({ member, client: reads.client, staleAfter, open: () => new EventSource('/api/v1/live'), onBack: outbox.wake })
  watchReadOnly(() => {
    if (!isReadOnly()) outbox.wake()
  })
  void reads.forgetOld()
  return {
    reads,
    outbox,
    resume: () => {
      live.resume()
      outbox.wake()
      void reads.client.invalidateQueries()
    },
    leave: async () => {
      live.stop()
      outbox.close()
      await logOut()
      await Promise.all([reads.wipe(), store.wipe()])
      forgetMe()
      forgetDrafts()
      location.assign('/login')
    },
  }
}

/** The gear of the logged-in member; made once per page load. */
export function gearOf(me: Me): Gear {
  if (gear?.member !== me.member.id) gear = { member: me.member.id, gear: assemble(me) }
  return gear.gear
}
