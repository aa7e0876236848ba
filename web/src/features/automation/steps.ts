import type { Step } from '@/api/automations'

/** Where a step stands: indexes and branch names, such as [0, 'otherwise', 1]. */
export type Path = readonly (number | Branch)[]
export type Branch = 'then' | 'else' | 'otherwise'
type Branches = Partial<Record<Branch, Step[]>>

/** The branches of a step that have steps, in the order in which they are read. */
export function branchesOf(step: Step): { branch: Branch; steps: Step[] }[] {
  const found = step as Branches
  return (['then', 'else', 'otherwise'] as const).flatMap((branch) => (found[branch] === undefined ? [] : [{ branch, steps: found[branch] }]))
}

/** The branches of a step, also the empty ones that may be filled. */
export function openBranchesOf(step: Step): { branch: Branch; steps: Step[] }[] {
  const waitsForSomething = step.kind === 'wait' && (step.until_event ?? '') !== ''
  if (step.kind !== 'if' && !waitsForSomething) return branchesOf(step)
  const open: Branch[] = step.kind === 'if' ? ['then', 'else'] : ['then', 'otherwise']
  return open.map((branch) => ({ branch, steps: (step as Branches)[branch] ?? [] }))
}

/** Whether a way out may be added for the case that the step is refused. */
export const mayGetOtherwise = (step: Step): boolean => step.kind === 'do' && step.otherwise === undefined

/** The steps with another step at this place; null takes it out. */
export function withStep(steps: readonly Step[], path: Path, step: Step | null): Step[] {
  const at = Number(path.at(-1))
  return withList(steps, path.slice(0, -1), (list) => list.flatMap((one, index) => (index !== at ? [one] : step === null ? [] : [step])))
}

/** The steps with one more at the end of a list; the path of a list ends with its branch. */
export function withAdded(steps: readonly Step[], list: Path, step: Step): Step[] {
  return withList(steps, list, (all) => [...all, step])
}

/** The steps with this one a place earlier (-1) or later (1) in its own list; at an end it stays. */
export function withMoved(steps: readonly Step[], path: Path, by: -1 | 1): Step[] {
  const at = Number(path.at(-1))
  return withList(steps, path.slice(0, -1), (list) => {
    const [step, other] = [list[at], list[at + by]]
    return step === undefined || other === undefined ? [...list] : list.with(at, other).with(at + by, step)
  })
}

function withList(steps: readonly Step[], list: Path, change: (list: readonly Step[]) => Step[]): Step[] {
  const [at, branch, ...rest] = list
  if (branch === undefined) return change(steps)
  return steps.map((one, index) => {
    if (index !== at) return one
    const name = branch as Branch
    const inner = withList((one as Branches)[name] ?? [], rest, change)
    const { [name]: _, ...others } = one as Record<string, unknown>
    return (inner.length === 0 ? others : { ...others, [name]: inner }) as Step
  })
}

/** How many steps there are, those in branches included. */
export function countSteps(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + branchesOf(step).reduce((inner, { steps: more }) => inner + countSteps(more), 0), 0)
}
