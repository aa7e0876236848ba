import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Submission } from '@/api/capture'
import { Chip } from '@/ui/Chip'
import { When } from '@/ui/figures'
import { Row, Rows } from '@/ui/Rows'
import { STATE_TONES } from './states'

/** What came in: through which door, when, and what became of it. */
export function SubmissionRows({ submissions }: { submissions: readonly Submission[] }) {
  const { t } = useTranslation()
  return (
    <Rows label={t('settings.screen.log')}>
      {submissions.map((one) => (
        <Row
          key={one.id}
          title={
            <>
              <Link to="/settings/log/$id" params={{ id: one.id }}>
                <bdi>{one.connection_name || one.channel}</bdi>
              </Link>
              <Chip tone={STATE_TONES[one.state]}>{t(`channels.log.state.${one.state}`)}</Chip>
              {one.spam && <Chip tone="hot">{t('channels.log.isSpam')}</Chip>}
            </>
          }
          detail={
            // Why something waits says more than its key, which is on its own page.
            one.reason !== '' ? (
              <bdi>{one.reason}</bdi>
            ) : (
              <span dir="ltr" style={{ display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                {one.natural_key}
              </span>
            )
          }
          end={<When at={one.received_at} />}
        />
      ))}
    </Rows>
  )
}
