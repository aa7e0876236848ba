import type { Step } from '@/api/automations'

/** Where a step stands: indexes and branch names, such as [0, 'otherwise', 1]. */
export type Path = readonly (number | Branch)[]
export type Branch = 'then' | 'else' | 'otherwise'

/** The branches of a step that have steps, in the order in which they are read. */
export function branchesOf(step: Step): { branch: Branch; steps: Step[] }[] {
  const found = step as Partial<Record<Branch, Step[]>>
  return (['then', 'else', 'otherwise'] as const).flatMap((branch) => (found[branch] === undefined ? [] : [{ branch, steps: found[branch] }]))
}

/** The steps with another step at this place; null takes it out. */
export function withStep(steps: readonly Step[], path: Path, step: Step | null): Step[] {
  const [at, branch, ...rest] = path
  return steps.flatMap((one, index) => {
    if (index !== at) return [one]
    if (branch === undefined) return step === null ? [] : [step]
    const name = branch as Branch
    const inner = withStep((one as Partial<Record<Branch, Step[]>>)[name] ?? [], rest, step)
    const { [name]: _, ...others } = one as Record<string, unknown>
    return [(inner.length === 0 ? others : { ...others, [name]: inner }) as Step]
  })
}

/** How many steps there are, those in branches included. */
export function countSteps(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + branchesOf(step).reduce((inner, { steps: more }) => inner + countSteps(more), 0), 0)
}
