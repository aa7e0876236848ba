export type SettingsScreen = { to: string; word: ScreenWord; right?: string }
type ScreenWord =
  | 'profile'
  | 'company'
  | 'members'
  | 'teams'
  | 'pipeline'
  | 'fields'
  | 'conversion'
  | 'scoring'
  | 'prediction'
  | 'transfer'
  | 'assignment'
  | 'answer'
  | 'late'
  | 'automations'
  | 'whatsapp'
  | 'mail'
  | 'forms'
  | 'ads'
  | 'spam'
  | 'websites'
  | 'connections'
  | 'keys'
  | 'log'
  | 'outbox'
  | 'audit'
  | 'logins'
export type SettingsGroup = { word: 'me' | 'workspace' | 'pipelines' | 'flow' | 'channels' | 'system'; screens: readonly SettingsScreen[] }

/** All settings in their groups; a screen is listed for those who may see it. */
export const GROUPS: readonly SettingsGroup[] = [
  { word: 'me', screens: [{ to: '/settings/profile', word: 'profile' }] },
  {
    word: 'workspace',
    screens: [
      { to: '/settings/company', word: 'company', right: 'settings:read' },
      { to: '/settings/members', word: 'members', right: 'settings:read' },
      { to: '/settings/teams', word: 'teams', right: 'settings:read' },
    ],
  },
  {
    word: 'pipelines',
    screens: [
      { to: '/settings/pipeline', word: 'pipeline', right: 'settings:read' },
      { to: '/settings/fields', word: 'fields', right: 'settings:read' },
      { to: '/settings/conversion', word: 'conversion', right: 'settings:read' },
      { to: '/settings/scoring', word: 'scoring', right: 'settings:read' },
      { to: '/settings/prediction', word: 'prediction', right: 'settings:read' },
      { to: '/settings/transfer', word: 'transfer', right: 'capture:read' },
    ],
  },
  {
    word: 'flow',
    screens: [
      { to: '/settings/assignment', word: 'assignment', right: 'settings:read' },
      { to: '/settings/answer', word: 'answer', right: 'settings:read' },
      { to: '/settings/late', word: 'late' },
      { to: '/automations', word: 'automations', right: 'settings:read' },
    ],
  },
  {
    word: 'channels',
    screens: [
      { to: '/settings/whatsapp', word: 'whatsapp', right: 'settings:write' },
      { to: '/settings/mail', word: 'mail', right: 'capture:read' },
      { to: '/settings/forms', word: 'forms', right: 'capture:read' },
      { to: '/settings/ads', word: 'ads', right: 'capture:read' },
      { to: '/settings/spam', word: 'spam', right: 'capture:read' },
      { to: '/settings/websites', word: 'websites', right: 'capture:read' },
      { to: '/settings/connections', word: 'connections', right: 'capture:read' },
      { to: '/settings/keys', word: 'keys', right: 'settings:write' },
    ],
  },
  {
    word: 'system',
    screens: [
      { to: '/settings/log', word: 'log', right: 'capture:read' },
      { to: '/settings/outbox', word: 'outbox', right: 'messages:send' },
      { to: '/settings/audit', word: 'audit', right: 'audit:read' },
      { to: '/settings/logins', word: 'logins', right: 'members:write' },
    ],
  },
]
