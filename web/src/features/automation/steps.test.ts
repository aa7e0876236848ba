import { expect, test } from 'vitest'
import type { Step } from '@/api/automations'
import { branchesOf, countSteps, mayGetOtherwise, openBranchesOf, withAdded, withMoved, withStep } from './steps'

const tell: Step = { kind: 'do', action: 'notice.tell', with: { title: 'Call' } }
const send: Step = { kind: 'do', action: 'message.send', with: { channel: 'whatsapp' }, otherwise: [tell] }
const wait: Step = { kind: 'wait', for: '2h' }

test('a step is replaced where it stands, in a branch too', () => {
  const louder: Step = { ...tell, with: { title: 'Call now' } }
  expect(withStep([wait, send], [0], { ...wait, for: '1d' })).toEqual([{ kind: 'wait', for: '1d' }, send])
  expect(withStep([wait, send], [1, 'otherwise', 0], louder)).toEqual([wait, { ...send, otherwise: [louder] }])
})

test('the last step of a branch takes the branch with it', () => {
  expect(withStep([send], [0, 'otherwise', 0], null)).toEqual([{ kind: 'do', action: 'message.send', with: { channel: 'whatsapp' } }])
  expect(withStep([wait, tell], [0], null)).toEqual([tell])
})

test('steps in branches are counted', () => {
  expect(countSteps([wait, send])).toBe(3)
  expect(branchesOf(send).map(({ branch }) => branch)).toEqual(['otherwise'])
})

const split: Step = { kind: 'if', when: { field: 'band', op: 'eq', value: 'hot' } }

test('an if shows both ways, and steps are added to them', () => {
  expect(openBranchesOf(split).map(({ branch, steps }) => [branch, steps.length])).toEqual([
    ['then', 0],
    ['else', 0],
  ])
  expect(withAdded([wait, split], [1, 'else'], tell)).toEqual([wait, { ...split, else: [tell] }])
  expect(withAdded([wait], [], tell)).toEqual([wait, tell])
})

test('a step moves in its own list and stays at its ends', () => {
  const both: Step = { ...split, else: [wait, tell] }
  expect(withMoved([wait, tell], [1], -1)).toEqual([tell, wait])
  expect(withMoved([wait, tell], [1], 1)).toEqual([wait, tell])
  expect(withMoved([wait, tell], [0], -1)).toEqual([wait, tell])
  expect(withMoved([both], [0, 'else', 0], 1)).toEqual([{ ...both, else: [tell, wait] }])
})

test('a wait for an event shows both its ways, and a step may get a way out', () => {
  const listening: Step = { kind: 'wait', for: '2h', until_event: 'message.replied' }
  expect(openBranchesOf(listening).map(({ branch }) => branch)).toEqual(['then', 'otherwise'])
  expect(openBranchesOf(wait)).toEqual([])
  expect([mayGetOtherwise(tell), mayGetOtherwise(send), mayGetOtherwise(wait)]).toEqual([true, false, false])
})
