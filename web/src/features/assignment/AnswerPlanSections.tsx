import { useState } from 'react'
import type { AnswerPlanIn } from '@/api/assignment'
import type { Field } from '@/api/filters'
import type { Named } from '@/api/shapes'
import { useSentence } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Note } from '@/ui/Screen'
import { Chain } from './Chain'
import { FirstTask } from './FirstTask'
import { Pauses } from './Pauses'
import { usePlan } from './plan'

type Props = { fields: readonly Field[]; currency: string; people: readonly Named[]; disabled: boolean }

/** Who hears that an answer is missing, when clocks stand still, and the first task. */
export function AnswerPlanSections({ fields, currency, people, disabled }: Props) {
  const say = useSentence()
  const { found, save } = usePlan()
  const [wrong, setWrong] = useState<string>()
  return (
    <Loaded found={found} bones={3}>
      {(plan) => (
        <>
          <Chain chain={plan.chain} people={people} disabled={disabled} onSave={(chain) => save(plan, { chain })} />
          <Pauses pauses={plan.pauses} fields={fields} currency={currency} disabled={disabled} onSave={(pauses) => save(plan, { pauses })} />
          <FirstTask
            plan={plan}
            disabled={disabled}
            onSave={(change: AnswerPlanIn) => {
              setWrong(undefined)
              save(plan, change).catch((error: unknown) => setWrong(say(error)))
            }}
          />
          {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
        </>
      )}
    </Loaded>
  )
}
