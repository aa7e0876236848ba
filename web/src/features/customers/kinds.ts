import { changeCustomer, type Customer, type CustomersPage } from '@/api/customers'
import type { Named } from '@/api/shapes'
import { registerKind, type NewOperation, type Operation } from '@/offline/operation'

type Fields = Record<string, unknown>

/** Fields of a customer changed in place. */
export function change(customer: Customer, fields: Partial<Customer>): NewOperation {
  const seen = Object.fromEntries(Object.keys(fields).map((field) => [field, customer[field as keyof Customer]]))
  return { kind: 'customer.change', subject: { id: customer.id, title: customer.name }, seen, change: fields, baseVersion: customer.version }
}

/** The changed fields as PATCH takes them; of own fields only those that differ. */
export function asPatch(fields: Fields, seen: Fields): Fields {
  const { owner, custom, ...rest } = fields
  const before = (seen.custom ?? {}) as Fields
  const differs = Object.entries((custom ?? {}) as Fields).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]))
  return { ...rest, ...('owner' in fields && { owner_id: (owner as Named | null)?.id ?? null }), ...(custom !== undefined && { custom: Object.fromEntries(differs) }) }
}

function paintRows(page: CustomersPage, { subject, change: fields }: Operation): CustomersPage {
  if (!page.items.some((row) => row.id === subject.id)) return page
  return { ...page, items: page.items.map((row) => (row.id === subject.id ? { ...row, ...fields } : row)) }
}

registerKind('customer.change', {
  send: ({ subject, change: fields, seen, baseVersion, id }) => changeCustomer(subject.id, asPatch(fields, seen), baseVersion, id),
  paint: (key, data, operation) => {
    if (key[0] !== 'customers' || data === undefined) return data
    if (key[1] === 'one' && key[2] === operation.subject.id) return { ...(data as object), ...operation.change }
    return key[1] === 'list' ? paintRows(data as CustomersPage, operation) : data
  },
  touches: [['customers'], ['search']],
})
