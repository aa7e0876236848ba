import type { Choice } from '@/api/filters'

/** Choices as lines of text. */
export const linesOf = (choices: readonly Choice[]): string => choices.map(({ label }) => label).join('\n')

/** Lines as choices: a line that was there keeps its value, so that records keep what was chosen. */
export function choicesOf(lines: string, before: readonly Choice[]): Choice[] {
  const labels = [...new Set(lines.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
  // With as many lines as before, a changed line is the same choice under another name.
  const renamed = labels.length === before.length
  return labels.map((label, index) => before.find((choice) => choice.label === label) ?? (renamed && before[index] && !labels.includes(before[index].label) ? { ...before[index], label } : { value: label.slice(0, 100), label, colour: '' }))
}
