// The shapes of the API under the names the front end says; all of them come from the server's description.
import type { Shapes } from './client'

export type Money = Shapes['Amount']
export type Named = Shapes['Named']
export type Band = Shapes['Band']
export type SlaState = Shapes['ClockOut']['state']
export type StageKind = Shapes['StageOut']['kind']

export type Country = Shapes['CountryOut']
export type Start = Shapes['StartOut']
export type StartIn = Shapes['StartIn']

export type Me = Shapes['MeOut']
export type Member = Shapes['MemberOut']

export type Stage = Omit<Shapes['StageOut'], 'version'>
export type Pipeline = Shapes['PipelineOut']

export type Card = Shapes['Card']
export type Column = Shapes['Column']
export type Board = Shapes['Board']
export type ColumnPage = Shapes['ColumnPage']

export type LeadRow = Shapes['LeadRow']
/** Only the first page knows the total; none stands there for more than ten thousand. */
export type LeadPage = Shapes['Page_LeadRow_']
export type Lead = Shapes['LeadOut']
export type SlaClock = Shapes['ClockOut']
export type Source = Shapes['SourceOut']
export type LossReason = Shapes['LossReasonOut']
export type Found = Shapes['HitOut']
export type Identity = Shapes['LeadIdentity']

export type Score = Shapes['ScoreOut']
export type Assignment = Shapes['AssignmentOut']
export type Template = Shapes['TemplateOut']
export type LeadChannel = Shapes['WayOut']
export type Notice = Shapes['NoticeOut']
export type Notices = Shapes['NoticesOut']
export type TimelinePage = Shapes['Page_EntryOut_']

export type MessageState = Shapes['MessageOut']['state']

/** What entries of messages carry; the description leaves payloads open, because each kind has its own. */
export type MessagePayload = {
  message_id?: string
  state?: MessageState
  error_text?: string
  kind?: string
  media?: Shapes['MediaOut'][]
  template?: string | null
}
export type TimelineEntry = Shapes['EntryOut'] & { payload: MessagePayload }
