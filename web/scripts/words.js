// Fails when a language lacks a sentence of the English one, or the source shows a word that is not translated.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const src = new URL('../src', import.meta.url).pathname
const PLURAL = /_(zero|one|two|few|many|other)$/
const problems = []

function flatten(tree, prefix = '') {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

function words(language) {
  const folder = join(src, 'i18n', language)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(files.flatMap((name) => flatten(JSON.parse(readFileSync(join(folder, name), 'utf8')), `${name.slice(0, -5)}.`)))
}

const stem = (key) => key.replace(PLURAL, '')
const english = words('en')
for (const language of readdirSync(join(src, 'i18n'), { withFileTypes: true })) {
  if (!language.isDirectory() || language.name === 'en') continue
  const other = words(language.name)
  const here = new Set([...other.keys()].map(stem))
  for (const key of english.keys()) if (!here.has(stem(key))) problems.push(`${language.name} lacks ${key}`)
  const there = new Set([...english.keys()].map(stem))
  for (const [key, value] of other) {
    if (!there.has(stem(key))) problems.push(`${language.name} has ${key}, English has not`)
    if (value.trim() === '') problems.push(`${language.name} has nothing for ${key}`)
  }
}

// A text node or a spoken attribute with letters in it is a sentence nobody can translate.
const VISIBLE = [
  />[^<>{}=;()]*\p{L}{2,}[^<>{}=;()]*<\//u,
  /\b(aria-label|placeholder|title|label|alt|description)="[^"]*\p{L}{2,}[^"]*"/u,
]
const source = readdirSync(src, { recursive: true }).filter((name) => name.endsWith('.tsx') && !name.includes('.test.'))
const all = source.map((name) => readFileSync(join(src, name), 'utf8'))
source.forEach((name, index) => {
  all[index].split('\n').forEach((line, number) => {
    if (/^\s*(\/\/|\*|\/\*)/.test(line)) return
    if (VISIBLE.some((pattern) => pattern.test(line))) problems.push(`${name}:${number + 1} is not translated: ${line.trim()}`)
  })
})

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log(`words: ${english.size} sentences, every language complete`)
