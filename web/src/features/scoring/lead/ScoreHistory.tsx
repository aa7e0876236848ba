import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Score } from '@/api/shapes'
import { dateTime } from '@/lib/time'
import { Row, Rows } from '@/ui/Rows'

type Point = Score['history'][number]

const WIDTH = 240
const HEIGHT = 64
const EDGE = 4
const SHOWN = 8

/** How the score came about: its course as a line, and every step with its reason, the newest first. */
export function ScoreHistory({ score }: { score: Score | undefined }) {
  const { t, i18n } = useTranslation()
  const [all, setAll] = useState(false)
  const history = score?.history ?? []
  if (!score || history.length === 0) return null
  const steps = history.toReversed()
  return (
    <details>
      <summary style={{ cursor: 'pointer', marginBlock: 8 }}>{t('qualify.history')}</summary>
      <Course history={history} threshold={score.threshold} />
      <Rows label={t('qualify.history')}>
        {(all ? steps : steps.slice(0, SHOWN)).map((step, index) => (
          <Row
            // Two steps may say the same at the same time.
            key={`${step.at}-${step.label}-${index}`}
            title={
              <span style={{ fontWeight: 400 }}>
                <bdi>{step.label}</bdi>
              </span>
            }
            detail={dateTime(step.at, i18n.language)}
            end={
              <bdi dir="ltr">
                {signed(step.points)}
                {/* What happened together led to one score; the last of it says which. */}
                {(steps[index - 1]?.at !== step.at || steps[index - 1]?.score !== step.score) && (
                  <>
                    {' → '}
                    <strong>{step.score}</strong>
                  </>
                )}
              </bdi>
            }
          />
        ))}
      </Rows>
      {!all && steps.length > SHOWN && (
        <button type="button" style={{ border: 0, background: 'none', color: 'var(--accent-ink)', cursor: 'pointer', padding: '6px 0' }} onClick={() => setAll(true)}>
          {t('qualify.allSteps', { count: steps.length })}
        </button>
      )}
    </details>
  )
}

/** The score over time; it stays where it is until the next step. */
function Course({ history, threshold }: { history: readonly Point[]; threshold: number }) {
  const { t, i18n } = useTranslation()
  const title = useId()
  const times = history.map(({ at }) => new Date(at).getTime())
  const first = Math.min(...times)
  const span = Math.max(...times) - first || 1
  const top = Math.max(100, ...history.map((point) => point.score))
  const x = (at: number) => EDGE + ((at - first) / span) * (WIDTH - 2 * EDGE)
  const y = (points: number) => HEIGHT - EDGE - (points / top) * (HEIGHT - 2 * EDGE)
  const places = history.map((point, index) => ({ x: x(times[index] ?? first), y: y(point.score), point }))
  const line = places.map((place, index) => (index === 0 ? `M ${place.x} ${place.y}` : `H ${place.x} V ${place.y}`)).join(' ')
  const last = history.at(-1)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} style={{ width: '100%', display: 'block', direction: 'ltr' }} role="img" aria-labelledby={title}>
      <title id={title}>{t('qualify.course', { score: last?.score ?? 0, from: dateTime(first, i18n.language) })}</title>
      <line x1={EDGE} x2={WIDTH - EDGE} y1={y(threshold)} y2={y(threshold)} stroke="var(--ink2)" strokeDasharray="3 4" />
      <path d={`${line} H ${WIDTH - EDGE}`} fill="none" stroke="var(--accent)" strokeWidth={2} />
      {places.map((place, index) => (
        <circle key={`${place.point.at}-${index}`} cx={place.x} cy={place.y} r={2.5} fill="var(--accent)">
          <title>{`${dateTime(place.point.at, i18n.language)} · ${place.point.label} ${signed(place.point.points)} → ${place.point.score}`}</title>
        </circle>
      ))}
    </svg>
  )
}

const signed = (points: number): string => (points > 0 ? `+${points}` : `−${-points}`)
