import { useTranslation } from 'react-i18next'

const RADIUS = 20
const ROUND = 2 * Math.PI * RADIUS

/** A score of 100 as a ring with the figure in it. */
export function ScoreRing({ score }: { score: number }) {
  const { t } = useTranslation()
  const filled = (Math.min(Math.max(score, 0), 100) / 100) * ROUND
  return (
    <svg viewBox="0 0 48 48" width={52} height={52} role="img" aria-label={t('ui.score', { score })}>
      <circle cx="24" cy="24" r={RADIUS} fill="none" stroke="var(--line)" strokeWidth="5" />
      <circle
        cx="24"
        cy="24"
        r={RADIUS}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="5"
        strokeLinecap="round"
        strokeDasharray={`${filled} ${ROUND}`}
        transform="rotate(-90 24 24)"
      />
      <text x="24" y="28" textAnchor="middle" fontSize="13" fontWeight="660" fill="var(--ink)">
        {score}
      </text>
    </svg>
  )
}
