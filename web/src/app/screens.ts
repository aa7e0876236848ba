import { IconBolt, IconBriefcase, IconLayoutKanban, IconSettings, IconUsers, type Icon } from '@tabler/icons-react'

export type Screen = { to: string; word: 'pipeline' | 'leads' | 'customers' | 'automations' | 'settings'; icon: Icon; right?: string; place: 'main' | 'end' }

/** The screens that exist, in the order of the rail; nothing links to a screen that is not here. */
export const SCREENS: readonly Screen[] = [
  { to: '/pipeline', word: 'pipeline', icon: IconLayoutKanban, place: 'main' },
  { to: '/leads', word: 'leads', icon: IconUsers, place: 'main' },
  { to: '/customers', word: 'customers', icon: IconBriefcase, place: 'main' },
  { to: '/automations', word: 'automations', icon: IconBolt, right: 'settings:read', place: 'end' },
  { to: '/settings', word: 'settings', icon: IconSettings, place: 'end' },
]
