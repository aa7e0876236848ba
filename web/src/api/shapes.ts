// The shapes of the API as the front end uses them.

export type Money = { currency: string; minor: number }
export type Named = { id: string; name: string }
export type Band = 'hot' | 'warm' | 'cold'
export type SlaState = 'none' | 'running' | 'warn50' | 'warn80' | 'breached' | 'met'
export type StageKind = 'open' | 'won' | 'lost'

export type Country = { code: string; name: string; language: string; timezone: string; currency: string; phone_region: string }
export type Start = { first_run: boolean; countries: Country[]; languages: { code: string; name: string }[]; sandbox: boolean }
export type StartIn = {
  company: string
  country: string
  language: string
  timezone: string
  currency: string
  phone_region: string
  name: string
  email: string
  password: string
  sample_data: boolean
}

export type Me = {
  member: { id: string; name: string; email: string; role: string; teams: Named[]; phone: string }
  user: { language: string; theme: string; density: string }
  workspace: {
    id: string
    name: string
    language: string
    timezone: string
    currency: string
    phone_region: string
    country: string
  }
  rights: string[]
  mfa: boolean
  sandbox: boolean
}

export type Member = {
  id: string
  name: string
  email: string
  role: string
  active: boolean
  teams: Named[]
  phone: string
  version: number
}

export type Stage = {
  id: string
  name: string
  colour: string
  kind: StageKind
  probability: number
  rots_after_days: number | null
  position: number
}

export type Pipeline = { id: string; name: string; version: number; stages: Stage[] }

export type Card = {
  id: string
  version: number
  name: string
  value_minor: number
  currency: string
  contact_name: string
  company_name: string
  source: string
  channel: string
  score: number
  band: Band
  owner: Named | null
  stage_id: string
  entered_stage_at: string
  days_in_stage: number
  rotten: boolean
  next_step: string
  next_step_at: string | null
  respond_by: string | null
  sla: SlaState
  escalated: boolean
  unread: number
  status: 'open' | 'won' | 'lost' | 'spam'
}

export type Column = {
  stage: Stage
  count: number
  value: Money[]
  value_minor: number
  mixed: boolean
  weighted_minor: number
  average_days: number | null
  cards: Card[]
  next_cursor: string | null
}

export type Board = { pipeline: Named; columns: Column[] }
export type ColumnPage = { cards: Card[]; next_cursor: string | null }

export type LeadRow = Card & {
  phone: string
  email: string
  lead_type: string
  status: string
  created_at: string
  inbound_at: string
  last_activity_at: string
  city: string
  stage_name: string
  custom: Record<string, unknown>
}

export type LeadPage = { items: LeadRow[]; next_cursor: string | null; total: number }
export type Source = { key: string; label: string }
export type LossReason = { id: string; name: string }

export type Found = {
  object: 'lead' | 'contact' | 'company'
  id: string
  title: string
  subtitle: string
  lead_id?: string | null
  score?: number | null
  band?: Band | null
  stage?: string | null
}

export type Identity = { kind: string; value: string; shown: string; primary: boolean }

export type Lead = Omit<LeadRow, 'sla'> & {
  contact: {
    id: string
    name: string
    version: number
    identities: Identity[]
    company: Named | null
    title: string
    city: string
    country: string
    language: string
    consent: Record<string, unknown>
  }
  pipeline_id: string
  first_source: string
  campaign: string
  utm: Record<string, string>
  interest: string
  text: string
  extra: Record<string, unknown>
  fit: number
  engagement: number
  ready_at: string | null
  band_overridden: boolean
  band_reason: string
  first_touch_at: string | null
  first_auto_reply_at: string | null
  closed_at: string | null
  loss_reason: Named | null
  loss_note: string
  competitor: string
  converted_at: string | null
  stages: { id: string; name: string; colour: string; kind: StageKind; days: number | null }[]
  completeness: number
  possible_duplicates: { contact_id: string; name: string; reason: string }[]
  sla: SlaClock
  assignment: { text: string; reason: Record<string, unknown>; at: string } | null
  can: { change: boolean; delete: boolean; send: boolean }
}

export type SlaClock = {
  state: SlaState
  started_at: string | null
  due_at: string | null
  stopped_at: string | null
  breached_at: string | null
  policy: string | null
}

export type MessageState = 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'uncertain'

export type MessagePayload = {
  message_id?: string
  state?: MessageState
  error_text?: string
  kind?: string
  media?: { n: number; name: string; mime: string; size: number | null; url: string; problem?: string }[]
  template?: string | null
}

export type TimelineEntry = {
  id: string
  kind: string
  at: string
  direction: 'in' | 'out' | 'none'
  automatic: boolean
  actor: Named | null
  channel: string
  text: string
  payload: MessagePayload & Record<string, unknown>
}

export type TimelinePage = { items: TimelineEntry[]; next_cursor: string | null }

export type Score = {
  score: number
  fit: number
  engagement: number
  band: Band
  ready_at: string | null
  threshold: number
  reasons: { label: string; points: number; group: 'fit' | 'engagement'; at: string }[]
  history: { at: string; score: number; label: string }[]
}

export type Template = { id: string; name: string; language: string; body: string; variables: string[]; state: string }

export type LeadChannel = {
  channel: string
  label: string
  address: string
  window_until: string | null
  can_free_text: boolean
  reason: string
  templates: Template[]
}
