import { expect, test } from 'vitest'
import type { Field } from '@/api/filters'
import type { TimelineEntry } from '@/api/shapes'
import { changeLines, inquiryFacts } from './entryWords'

const field = (key: string, type: Field['type'], label: string): Field => ({ id: null, version: null, key, type, label, choices: [], filterable: true, sortable: false, writable: true, importable: true, custom: key.startsWith('custom.'), required: false, ops: [] })
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

test('an inquiry without words still says where it came from', () => {
  expect(inquiryFacts(entry('inquiry', { source: 'referral', source_label: 'Referral', interest: 'Heat pump' }), (_, label) => label)).toEqual(['Referral', 'Heat pump'])
})
