import { Bone, BoneCard, Loading } from '@/ui/states'
import styles from './Board.module.css'

const COLUMNS = [0, 1, 2, 3, 4]
const CARDS = [0, 1, 2, 3, 4, 5]

/** The board's geometry while its data is on the way. */
export function BoardSkeleton() {
  return (
    <Loading>
      <div className={styles.board}>
        {COLUMNS.map((column) => (
          <div key={column} className={styles.column}>
            <div className={styles.head}>
              <span />
              <Bone width="60%" height={16} />
            </div>
            <div className={styles.list} style={{ display: 'grid', gap: 8, alignContent: 'start' }}>
              {CARDS.map((card) => (
                <BoneCard key={card} height="var(--card)" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </Loading>
  )
}
