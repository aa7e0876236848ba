import type { ReactNode } from 'react'
import type { Lead, Member, Source } from '@/api/shapes'

export type DetailsProps = { lead: Lead; members: readonly Member[]; sources: readonly Source[]; onChange: (fields: Partial<Lead>) => void }

/** A name and its value in a list of facts. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
