import { Bone, Loading } from '@/ui/states'
import styles from './Lead.module.css'

const LINES = [0, 1, 2, 3, 4, 5, 6]

/** The lead page's geometry while the lead is on the way. */
export function LeadSkeleton() {
  return (
    <Loading>
      <div className={styles.head}>
        <Bone width={220} height={24} />
        <Bone width={160} />
        <Bone height={26} />
      </div>
      <div className={styles.columns}>
        <div className={styles.side} style={{ display: 'grid', gap: 12, alignContent: 'start' }}>
          {LINES.map((line) => (
            <Bone key={line} />
          ))}
        </div>
        <div className={styles.middle}>
          <Bone height={120} />
        </div>
        <div className={styles.side}>
          <Bone height={90} />
        </div>
      </div>
    </Loading>
  )
}
