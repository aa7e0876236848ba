import { useTranslation } from 'react-i18next'
import { formatMoney, formatMoneyShort } from '@/lib/money'
import { useNow } from '@/lib/now'
import { ago, dateTime } from '@/lib/time'

const TWO_DAYS = 48 * 60 * 60 * 1000

/** An amount of money in its currency, with figures of one width. */
export function Money({ minor, currency, short = false }: { minor: number; currency: string; short?: boolean }) {
  const { i18n } = useTranslation()
  const text = (short ? formatMoneyShort : formatMoney)(minor, currency, i18n.language)
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{text}</span>
}

/** How long ago something was; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const now = useNow()
  return (
    <time dateTime={at} title={dateTime(at, i18n.language)} style={{ whiteSpace: 'nowrap' }}>
      {ago(at, now, i18n.language)}
    </time>
  )
}

/** Relative while it is fresh, a date and time once it is older than two days. */
export function When({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const now = useNow()
  if (Math.abs(new Date(at).getTime() - now) < TWO_DAYS) return <Ago at={at} />
  return <time dateTime={at}>{dateTime(at, i18n.language)}</time>
}
