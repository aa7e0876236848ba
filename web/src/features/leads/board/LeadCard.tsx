import { memo, useMemo, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '@/api/shapes'
import { dragged } from '@/dnd/drag'
import { formatMoney } from '@/lib/money'
import { useNow } from '@/lib/now'
import { duration } from '@/lib/time'
import { Avatar } from '@/ui/Avatar'
import { BandChip, Chip } from '@/ui/Chip'
import { ATTENTION_ICONS, attentionOf, type Attention } from '../attention'
import styles from './Board.module.css'

type Props = {
  card: Card
  source: string
  index: number
  top: number
  count: number
  reachable: boolean
  lifted: boolean
  onMenu: (card: Card, button: HTMLElement) => void
}

/** One lead on the board; few and plain elements, because every one of them is paid for while scrolling. */
export const LeadCard = memo(function LeadCard({ card, source, index, top, count, reachable, lifted, onMenu }: Props) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const drag = useMemo(() => dragged('lead', card.id), [card.id])
  const name = card.name || t('leads.board.untitled')
  const spent = now - new Date(card.entered_stage_at).getTime()
  const inStage = duration(spent, i18n.language)
  const why = attentionOf(card, now)
  const place: CSSProperties = { transform: `translateY(${top}px)` }
  const [first, second] = [card.company_name || card.contact_name, source].filter((part) => part !== '' && part !== name)

  return (
    <li
      ref={drag}
      className={styles.card}
      style={place}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-card={card.id}
      data-rotten={card.rotten || undefined}
      data-lift={lifted ? '' : undefined}
    >
      <a className={styles.title} href={`/leads/${card.id}`} draggable={false} tabIndex={reachable ? 0 : -1} data-index={index}>
        {name}
      </a>
      {card.value_minor > 0 && <span className={styles.value}>{formatMoney(card.value_minor, card.currency, i18n.language)}</span>}
      <button
        type="button"
        className={styles.menu}
        tabIndex={reachable ? 0 : -1}
        aria-haspopup="menu"
        aria-label={t('leads.board.menu', { name })}
        onClick={(event) => onMenu(card, event.currentTarget)}
      >
        ⋯
      </button>
      <div className={styles.who}>
        <span className={styles.about}>
          {first !== undefined && <bdi>{first}</bdi>}
          {second !== undefined && ' · '}
          {second !== undefined && <bdi>{second}</bdi>}
        </span>
        {card.owner && <Avatar name={card.owner.name} label={t('leads.board.owner', { name: card.owner.name })} />}
      </div>
      <div className={styles.foot}>
        <BandChip band={card.band} score={card.score} />
        {card.deal && <Chip tone="ok">{t('leads.board.deal')}</Chip>}
        {why.includes('overdue') && <Sign of="overdue" />}
        {why.includes('no_next') && <Sign of="no_next" />}
        <span className={card.next_step ? styles.next : `${styles.next} ${styles.nothing}`} title={card.next_step || undefined}>
          {card.next_step || t('leads.board.noNext')}
        </span>
        {why.includes('at_risk') && <Sign of="at_risk" />}
        <span
          className={card.rotten ? `${styles.age} ${styles.rotten}` : styles.age}
          title={card.rotten ? `${t('leads.board.overLimit')}: ${t('leads.attention.over', { days: card.days_over })}` : t('leads.board.inStage', { time: inStage })}
        >
          {why.includes('rotten') && <Sign of="rotten" />}
          {duration(spent, i18n.language, 'narrow')}
        </span>
      </div>
    </li>
  )
})

/** Why the card needs attention, beside the words it is about. */
function Sign({ of }: { of: Attention }) {
  const { t } = useTranslation()
  const Icon = ATTENTION_ICONS[of]
  return <Icon size={13} stroke={2} className={styles.sign} role="img" aria-label={t(`leads.attention.${of}`)} data-attention={of} />
}
