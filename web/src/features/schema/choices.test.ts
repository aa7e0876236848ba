import { expect, test } from 'vitest'
import { choicesOf, linesOf } from './choices'

const sizes = [
  { value: 's', label: 'Small', colour: '' },
  { value: 'l', label: 'Large', colour: '' },
]

test('a choice keeps its value through a new order and a new name', () => {
  expect(choicesOf('Large\nSmall', sizes).map(({ value }) => value)).toEqual(['l', 's'])
  expect(choicesOf('Small\nHuge', sizes)).toEqual([sizes[0], { value: 'l', label: 'Huge', colour: '' }])
})

test('new lines are new choices, empty and double ones are none', () => {
  expect(choicesOf(`${linesOf(sizes)}\n\n Huge \nHuge`, sizes).map(({ value }) => value)).toEqual(['s', 'l', 'Huge'])
})
