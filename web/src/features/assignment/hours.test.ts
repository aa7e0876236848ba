import { expect, test } from 'vitest'
import { dayName, firstDayOf, inUnit, nextTimes, standardWeek, toMinutes, unitOf, weekFrom, withDay } from './hours'

test('minutes are said in their largest whole unit', () => {
  expect([45, 60, 90, 1440, 2880].map((minutes) => [inUnit(minutes, unitOf(minutes)), unitOf(minutes)])).toEqual([
    [45, 'minutes'],
    [1, 'hours'],
    [90, 'minutes'],
    [1, 'days'],
    [2, 'days'],
  ])
  expect(toMinutes(2, 'hours')).toBe(120)
})

test('the week begins as in the country', () => {
  expect(weekFrom(firstDayOf('IL'))[0]).toBe('sun')
  expect(weekFrom(firstDayOf('DE'))).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
  expect(Object.keys(standardWeek('IL'))).toContain('sun')
  expect(dayName('wed', 'en')).toBe('Wednesday')
})

test('a day without hours is closed', () => {
  expect(withDay({ mon: [['09:00', '17:00']] }, 'mon', [])).toEqual({})
  expect(withDay({}, 'fri', [['09:00', '13:00']])).toEqual({ fri: [['09:00', '13:00']] })
})

test('further hours begin an hour after the last ones, until the day is full', () => {
  expect(nextTimes([])).toEqual(['09:00', '17:00'])
  expect(nextTimes([['09:00', '13:00']])).toEqual(['14:00', '17:00'])
  expect(nextTimes([['09:00', '22:30']])).toBeUndefined()
})
