import { Button, Select, TextInput } from '@mantine/core'
import { IconBrandWhatsapp, IconCalendarEvent, IconMail, IconNote, IconPhone } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadChannel, Template } from '@/api/shapes'
import { useDraft } from '@/lib/draft'
import { dateTime } from '@/lib/time'
import type { CallIn, MeetingIn } from '@/api/touches'
import type { Writing } from '../operations'
import styles from './Composer.module.css'
import { Composers } from './Composers'
import type { Composing } from './composing'
import { MailForm } from './MailForm'
import { CallForm, MeetingForm } from './TalkForms'

export type Mode = 'note' | 'message' | 'mail' | 'call' | 'meeting'
type Props = {
  /** What is half-written is kept for each lead. */
  lead: string
  mode: Mode
  onMode: (mode: Mode) => void
  channel: LeadChannel | undefined
  /** The way to write mails; none while no mailbox is connected. */
  mail: LeadChannel | undefined
  maySend: boolean
  /** Who gets the message: the usual value of a template's name. */
  person: string
  /** Who else is writing to the person. */
  others: readonly string[]
  composing: Composing
  onNote: (text: string) => void
  onCall: (call: CallIn) => void
  onMeeting: (meeting: MeetingIn) => void
  onMessage: (writing: Writing, shown: string) => void
}

/** Where notes and messages are written, above the timeline. */
export function Composer({ mode, onMode, maySend, others, ...rest }: Props) {
  const { t } = useTranslation()
  const written: readonly Mode[] = rest.mail === undefined ? ['message'] : ['message', 'mail']
  const tabs: readonly Mode[] = ['note', ...(maySend ? written : []), 'call', 'meeting']
  return (
    <>
      <Composers names={others} />
      <div className={styles.box}>
        <div className={styles.tabs} role="tablist" aria-label={t('leads.composer.kinds')}>
          {tabs.map((tab) => (
            <Tab key={tab} tab={tab} chosen={mode === tab} onChoose={() => onMode(tab)} />
          ))}
        </div>
        <Form mode={mode} {...rest} />
      </div>
    </>
  )
}

const SIGNS = { note: IconNote, message: IconBrandWhatsapp, mail: IconMail, call: IconPhone, meeting: IconCalendarEvent }

function Tab({ tab, chosen, onChoose }: { tab: Mode; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation()
  const Sign = SIGNS[tab]
  return (
    <button type="button" role="tab" className={styles.tab} aria-selected={chosen} onClick={onChoose}>
      <Sign size={16} stroke={1.7} aria-hidden />
      <span>{t(`leads.composer.${tab}`)}</span>
    </button>
  )
}

function Form({ lead, mode, channel, mail, person, composing, onNote, onMessage, onCall, onMeeting }: Omit<Props, 'onMode' | 'maySend' | 'others'>) {
  const { t } = useTranslation()
  if (mode === 'note') return <TextForm key="note" draft={`${lead}.note`} placeholder={t('leads.composer.writeNote')} submit={t('leads.composer.addNote')} onText={onNote} />
  if (mode === 'call') return <CallForm draft={`${lead}.call`} onCall={onCall} />
  if (mode === 'meeting') return <MeetingForm draft={`${lead}.meeting`} onMeeting={onMeeting} />
  if (mode === 'mail' && mail !== undefined) return <MailForm lead={lead} mail={mail} composing={composing} onMessage={onMessage} />
  if (channel === undefined || channel.address === '') return <p className={styles.foot}>{channel === undefined ? t('ui.loading') : t('leads.composer.noAddress')}</p>
  return <MessageForm lead={lead} channel={channel} person={person} composing={composing} onMessage={onMessage} />
}

type TextProps = { draft: string; placeholder: string; submit: string; hint?: string | undefined; composing?: Composing; onText: (text: string) => void }

function TextForm({ draft, placeholder, submit, hint, composing, onText }: TextProps) {
  const [text, setText] = useDraft(draft)
  function send(): void {
    if (text.trim() === '') return
    composing?.stopped()
    onText(text.trim())
    setText('')
  }
  function onChange(to: string): void {
    setText(to)
    if (to.trim() === '') composing?.stopped()
    else composing?.typed()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    send()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        className={styles.text}
        dir="auto"
        aria-label={placeholder}
        placeholder={placeholder}
        data-composer
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onBlur={composing?.stopped}
        onKeyDown={onKeyDown}
      />
      <div className={styles.foot}>
        <span className={styles.hint}>{hint}</span>
        <Button type="submit" variant="filled" disabled={text.trim() === ''}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

function MessageForm({ lead, channel, person, composing, onMessage }: { channel: LeadChannel } & Pick<Props, 'lead' | 'person' | 'composing' | 'onMessage'>) {
  const { t, i18n } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const approved = channel.templates.filter((template) => template.state === 'approved')
  const template = approved.find(({ id }) => id === chosen)
  const until = channel.window_until === null ? undefined : t('leads.composer.windowUntil', { time: dateTime(channel.window_until, i18n.language) })
  return (
    <>
      {channel.can_free_text && !template && (
        <TextForm
          draft={`${lead}.${channel.channel}`}
          placeholder={t('leads.composer.writeMessage')}
          submit={t('leads.composer.send')}
          hint={until}
          composing={composing}
          onText={(body) => onMessage({ channel: channel.channel, body }, body)}
        />
      )}
      <div className={styles.foot}>
        {!channel.can_free_text && <span className={styles.hint}>{channel.reason || t('leads.composer.noWindow')}</span>}
        {approved.length > 0 && (
          <Select
            w={240}
            clearable
            aria-label={t('leads.composer.chooseTemplate')}
            placeholder={t('leads.composer.chooseTemplate')}
            data={approved.map(({ id, name, language }) => ({ value: id, label: `${name} · ${language}` }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </div>
      {template && (
        <TemplateForm
          key={template.id}
          template={template}
          person={person}
          onSend={(variables, shown) => {
            onMessage({ channel: channel.channel, template_id: template.id, variables }, shown)
            setChosen(null)
          }}
        />
      )}
    </>
  )
}

const NAMES = new Set(['name', 'first_name', 'customer_name'])

function TemplateForm({ template, person, onSend }: { template: Template; person: string; onSend: (variables: Record<string, string>, shown: string) => void }) {
  const { t } = useTranslation()
  const [variables, setVariables] = useState<Record<string, string>>(() => Object.fromEntries(template.variables.filter((one) => NAMES.has(one)).map((one) => [one, person])))
  const shown = template.body.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (hole, name: string) => variables[name] || hole)
  const full = template.variables.every((name) => (variables[name] ?? '').trim() !== '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (full) onSend(variables, shown)
      }}
    >
      <div className={styles.variables}>
        {template.variables.map((name) => (
          <TextInput key={name} dir="auto" label={t('leads.composer.variable', { name })} value={variables[name] ?? ''} onChange={(event) => setVariables({ ...variables, [name]: event.currentTarget.value })} />
        ))}
        <p className={styles.preview} dir="auto">
          {shown}
        </p>
      </div>
      <div className={styles.foot}>
        <span className={styles.hint} />
        <Button type="submit" variant="filled" disabled={!full}>
          {t('leads.composer.send')}
        </Button>
      </div>
    </form>
  )
}
