import { expect, test } from 'vitest'
import type { Field } from '@/api/filters'
import type { TimelineEntry } from '@/api/shapes'
import { callFacts, changeLines, inquiryFacts, meetingFacts, otherwiseLines } from './entryWords'

const field = (key: string, type: Field['type'], label: string): Field => ({ id: null, version: null, key, type, label, choices: [], filterable: true, sortable: false, writable: true, importable: true, custom: key.startsWith('custom.'), required: false, formula: '', of: '', ops: [] })
const FIELDS = [field('next_step', 'text', 'Next step'), field('value_minor', 'money', 'Value'), field('custom.roof', 'number', 'Roof area'), field('custom.permit', 'bool', 'Permit')]
const words = { language: 'en', currency: 'EUR', yes: 'Yes', no: 'No' }
const entry = (kind: string, payload: TimelineEntry['payload']): TimelineEntry => ({ id: 'e', kind, at: '2026-03-01T09:00:00Z', direction: 'none', automatic: false, actor: null, channel: '', text: '', payload })

test('changed fields are told by their names and in the way people write them', () => {
  const changed = entry('field', { changes: { next_step: ['', 'Call back'], value_minor: [100_000, 250_000] } })
  expect(changeLines(changed, FIELDS, words)).toEqual([
    { key: 'next_step', label: 'Next step', before: '', after: 'Call back' },
    { key: 'value_minor', label: 'Value', before: '€1,000', after: '€2,500' },
  ])
})

test('of the own fields only those are told that changed', () => {
  const changed = entry('field', { changes: { custom: [{ roof: 80, permit: true }, { roof: 120, permit: true }] } })
  expect(changeLines(changed, FIELDS, words)).toEqual([{ key: 'custom.roof', label: 'Roof area', before: '80', after: '120' }])
})

test('of the answers those are told that changed, and the note where only that is new', () => {
  const before = { budget: { state: 'no', note: '' }, need: { state: 'yes', note: '' } }
  const after = { budget: { state: 'yes', note: '' }, need: { state: 'yes', note: 'Soon' } }
  const lines = changeLines(entry('field', { changes: { qualification: [before, after] } }), FIELDS, words)
  expect(lines.map(({ key, before: was, after: is }) => [key, was, is])).toEqual([
    ['qualification.budget', 'no', 'yes'],
    ['qualification.need', '', 'Soon'],
  ])
})

test('what a further inquiry says otherwise is told by the names of the fields', () => {
  const joined = entry('inquiry', { joined: true, differs: { value_minor: 250_000, 'custom.roof': 90, colour: 'red' } })
  expect(otherwiseLines(joined, FIELDS, words).map(({ label, after }) => `${label}: ${after}`)).toEqual(['Value: €2,500', 'Roof area: 90', 'colour: red'])
  expect(otherwiseLines(entry('inquiry', {}), FIELDS, words)).toEqual([])
})

test('an inquiry without words still says where it came from', () => {
  expect(inquiryFacts(entry('inquiry', { source: 'referral', source_label: 'Referral', interest: 'Heat pump' }), (_, label) => label)).toEqual(['Referral', 'Heat pump'])
})

const say = (key: string) => key.replace('leads.talk.', '')
const call = (direction: TimelineEntry['direction'], payload: TimelineEntry['payload']): TimelineEntry => ({ ...entry('call', payload), direction })

test('a call says which way it went, how it ended and how long it took', () => {
  expect(callFacts(call('out', { outcome: 'answered', seconds: 750 }), say, 'en')).toEqual(['call.out', 'outcomes.answered', '13 min'])
  expect(callFacts(call('out', { outcome: 'busy' }), say, 'en')).toEqual(['call.out', 'outcomes.busy'])
  expect(callFacts(call('in', { outcome: 'no_answer' }), say, 'en')).toEqual(['call.missed'])
  expect(callFacts(call('in', { outcome: 'ringing' }), say, 'en')).toEqual(['call.in'])
})

test('a meeting says when it is and what came of it', () => {
  const facts = meetingFacts(entry('meeting', { starts_at: '2026-03-01T09:00:00Z', ends_at: '2026-03-01T10:30:00Z', outcome: 'held' }), say, 'en')
  expect([facts[0], facts[1], facts[3]]).toEqual(['meeting', 'meetings.held', '1 hr 30 min'])
  expect(facts[2]).toContain('2026')
})
