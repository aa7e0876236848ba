import { expect, test } from 'vitest'
import type { Field } from '@/api/filters'
import type { Lead } from '@/api/shapes'
import { asFields, missing } from './required'

const field = (key: string) => ({ key }) as Field
const FIELDS = ['value_minor', 'contact.phone', 'custom.rooms', 'company'].map(field)
const lead = { value_minor: 0, phone: '', company_name: 'Acme', custom: { rooms: 0 } } as unknown as Lead

test('nought is no value of a lead, and an answer to any other question', () => {
  expect(missing(lead, ['value_minor', 'contact.phone', 'custom.rooms', 'company', 'custom.gone'], FIELDS).map(({ key }) => key)).toEqual(['value_minor', 'contact.phone'])
})

test('what was filled in goes to the lead, its person and its own fields', () => {
  const values = { value_minor: 5, 'contact.phone': '050', 'custom.rooms': 3, company: 'Acme', owner: 'rita' }
  expect(asFields(values)).toEqual({ value_minor: 5, owner_id: 'rita', custom: { rooms: 3 }, contact: { phone: '050', company: 'Acme' } })
})
