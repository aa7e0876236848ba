import { expect, test } from 'vitest'
import { keepMine, rebase } from './conflict'
import type { Fields, Operation } from './operation'

function made(change: Fields, seen: Fields): Operation {
  return { id: 'o', kind: 'lead.change', subject: { id: 'mia', title: 'Mia' }, seen, change, baseVersion: 3, at: 1, state: 'waiting', attempts: 0 }
}
const theirs = (fields: Fields) => ({ id: 'mia', version: 7, ...fields })

test('two own fields changed by two people are no conflict, and neither is undone', () => {
  const seen = { custom: { roof: 80, permit: false } }
  const { send, ask } = rebase(made({ custom: { roof: 120, permit: false } }, seen), theirs({ custom: { roof: 80, permit: true } }))
  expect(ask).toBeNull()
  expect(send).toMatchObject({ change: { custom: { roof: 120, permit: true } }, seen: { custom: { roof: 80, permit: true } }, baseVersion: 7 })
})

test('keeping mine in one own field leaves what the other wrote in another', () => {
  const seen = { custom: { roof: 80, permit: false } }
  const { ask } = rebase(made({ custom: { roof: 120, permit: false } }, seen), theirs({ custom: { roof: 90, permit: true } }))
  expect(ask?.state).toBe('conflict')
  const mine = ask && keepMine(ask)
  expect(mine).toMatchObject({ change: { custom: { roof: 120, permit: true } }, seen: { custom: { roof: 90, permit: true } }, baseVersion: 7 })
})

test('a field of the person is compared by itself, another person as a whole', () => {
  const person = { id: 'p1', name: 'Mia', custom: { size: 1 } }
  const mine = made({ contact: { ...person, custom: { size: 2 } } }, { contact: person })
  expect(rebase(mine, theirs({ contact: { ...person, name: 'Mia G.' } })).send?.change).toEqual({ contact: { ...person, name: 'Mia G.', custom: { size: 2 } } })
  expect(rebase(mine, theirs({ contact: { ...person, id: 'p2' } })).ask?.state).toBe('conflict')
})

test('what the record does not show goes along without being asked about', () => {
  const { ask } = rebase(made({ stage_id: 'lost', lost: { reason_id: 'r' } }, { stage_id: 'new' }), theirs({ stage_id: 'won' }), true)
  expect(ask?.seen).toEqual({ stage_id: 'new' })
  expect(ask && keepMine(ask)).toMatchObject({ change: { stage_id: 'lost', lost: { reason_id: 'r' } }, seen: { stage_id: 'won' } })
})
