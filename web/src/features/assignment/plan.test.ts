import { expect, test } from 'vitest'
import { isWhole, nextStep } from './plan'

const first = { after_minutes: 0, tell: 'managers', member_id: null, carriers: [], reassign: false } as const

test('a new step comes an hour after the last one and goes to whoever is above', () => {
  expect(nextStep([])).toMatchObject({ after_minutes: 0, tell: 'managers' })
  expect(nextStep([{ ...first, carriers: [], after_minutes: 30 }])).toMatchObject({ after_minutes: 90, tell: 'admins' })
})

test('a step to one person names them', () => {
  expect(isWhole({ ...first, carriers: [] })).toBe(true)
  expect(isWhole({ ...first, carriers: [], tell: 'member' })).toBe(false)
  expect(isWhole({ ...first, carriers: [], tell: 'member', member_id: 'rita' })).toBe(true)
  expect(isWhole({ ...first, carriers: [], after_minutes: Number.NaN })).toBe(false)
})
