import { Bone, Loading } from '@/ui/states'

const ROWS = Array.from({ length: 14 }, (_, index) => index)

/** The table's geometry while its rows are on the way. */
export function ListSkeleton() {
  return (
    <div style={{ flex: 1, background: 'var(--panel)' }}>
      <Loading>
        {ROWS.map((row) => (
          <div key={row} style={{ blockSize: 'var(--row)', display: 'grid', gridTemplateColumns: '160px 140px 70px 1fr', gap: 24, alignItems: 'center', paddingInline: 16, borderBlockEnd: '1px solid var(--line)' }}>
            <Bone />
            <Bone />
            <Bone />
            <Bone width="40%" />
          </div>
        ))}
      </Loading>
    </div>
  )
}
