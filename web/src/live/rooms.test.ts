import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STALE, staleAfter } from './rooms'

const WEB = join(import.meta.dirname, '..')
const SERVER = join(WEB, '../../server/leadline')

/** Queries whose answers no event tells about: they are asked when they are looked at, or change only here. */
const NOT_LIVE = ['assignment', 'audit', 'bulkEdits', 'invitation', 'scoring', 'search', 'server', 'start']

function found(folder: string, names: RegExp, pattern: RegExp): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => names.test(name) && !/tests?[./]|node_modules/.test(name))
  const words = files.flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(pattern)].map((match) => match[1] ?? ''))
  return [...new Set(words)].toSorted()
}

test('every room the server tells about is known here', () => {
  const rooms = found(SERVER, /\.py$/, /^ {4}live(?:: ClassVar\[str \| None\])? = "(\w+)"/gm)
  expect(rooms.length).toBeGreaterThan(5)
  expect(rooms.filter((room) => !(room in STALE))).toEqual([])
})

test('every query is made stale by some room, or is known to have none', () => {
  const asked = found(WEB, /\.tsx?$/, /\b(?:queryKey: |(?:k|K)ey = |touches[^=\n]* ?[=:] \[)\['(\w+)'/g)
  expect(asked).toContain('members')
  const told: readonly string[] = [...Object.values(STALE).flat(), ...NOT_LIVE]
  expect(asked.filter((word) => !told.includes(word))).toEqual([])
})

test('a new name of a member reaches the lists of owners and the leads that show it', () => {
  expect(staleAfter('members')).toEqual(expect.arrayContaining(['members', 'leads']))
  expect(staleAfter('tomorrow')).toEqual(['tomorrow'])
})
