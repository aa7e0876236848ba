import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconArrowLeft, IconBan, IconBrandWhatsapp, IconDots, IconMail, IconPhone, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lead } from '@/api/shapes'
import { BandChip, Chip } from '@/ui/Chip'
import { Stepper } from '@/ui/Stepper'
import styles from './Lead.module.css'

type Props = {
  lead: Lead
  source: string
  threshold: number | undefined
  onBack: () => void
  onStage: (id: string) => void
  onWrite: () => void
  onFind: (name: string) => void
  onSpam: () => void
  onDelete: () => void
  /** Makes a deal of the lead; after that, whose deal it is. */
  convert?: ReactNode
  /** More to choose in the menu. */
  more?: ReactNode
}

/** Who it is, how to reach the person, and where on the way the lead stands. */
export function LeadHead({ lead, source, threshold, onBack, onStage, onWrite, onFind, onSpam, onDelete, convert, more }: Props) {
  const { t } = useTranslation()
  const parts = [lead.company_name, lead.city, source].filter((part) => part !== '')
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <ActionIcon className={styles.back} variant="subtle" aria-label={t('leads.page.back')} onClick={onBack}>
          <IconArrowLeft size={20} stroke={1.7} className={styles.towardsStart} aria-hidden />
        </ActionIcon>
        <div className={styles.who}>
          <h1 className={styles.name}>
            <bdi>{lead.name || t('leads.board.untitled')}</bdi>
            <BandChip band={lead.band} score={lead.score} />
            {lead.deal && <Chip tone="ok">{t('leads.board.deal')}</Chip>}
            {lead.lead_type !== '' && <Chip tone="accent">{lead.lead_type.toLocaleUpperCase()}</Chip>}
          </h1>
          <div className={styles.sub}>
            {parts.map((part, index) => (
              <span key={part}>
                {index > 0 && ' · '}
                <bdi>{part}</bdi>
              </span>
            ))}
          </div>
        </div>
        <div className={styles.actions}>
          <div className={`${styles.actions} ${styles.headActions}`}>
            <ReachButtons lead={lead} onWrite={onWrite} />
          </div>
          {convert}
          {(lead.can.change || lead.can.delete) && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="default" aria-label={t('leads.page.more')}>
                  <IconDots size={17} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {lead.can.change && lead.status === 'open' && (
                  <Menu.Item leftSection={<IconBan size={15} aria-hidden />} onClick={onSpam}>
                    {t('leads.page.spam')}
                  </Menu.Item>
                )}
                {more}
                {lead.can.delete && (
                  <Menu.Item color="red" leftSection={<IconTrash size={15} aria-hidden />} onClick={onDelete}>
                    {t('leads.page.delete')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      </div>
      <Stepper
        label={t('leads.page.stages')}
        steps={lead.stages.map(({ id, name, kind }) => ({ id, name, lost: kind === 'lost' }))}
        current={lead.stage_id}
        disabled={!lead.can.change}
        onStep={onStage}
      />
      {lead.ready_at !== null && lead.status === 'open' && threshold !== undefined && <p className={styles.banner}>{t('leads.page.ready', { threshold })}</p>}
      {lead.status === 'spam' && (
        <p className={styles.banner} data-look="warn">
          {t('leads.page.isSpam')}
        </p>
      )}
      {lead.possible_duplicates.length > 0 && (
        <p className={styles.banner} data-look="warn">
          {t('leads.page.duplicates')}{' '}
          {lead.possible_duplicates.map(({ contact_id: id, name, reason }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <a href={`/leads?q=${encodeURIComponent(name)}`} title={reason} onClick={(event) => {
                event.preventDefault()
                onFind(name)
              }}>
                <bdi>{name}</bdi>
              </a>
            </span>
          ))}
        </p>
      )}
    </header>
  )
}

/** Call, WhatsApp and e-mail, as far as the person can be reached that way. */
export function ReachButtons({ lead, onWrite }: { lead: Lead; onWrite: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      {lead.phone !== '' && (
        <Button component="a" href={`tel:${lead.phone.replace(/[^\d+]/g, '')}`} leftSection={<IconPhone size={16} stroke={1.7} aria-hidden />}>
          {t('leads.page.call')}
        </Button>
      )}
      {lead.can.send && (
        <Button leftSection={<IconBrandWhatsapp size={16} stroke={1.7} aria-hidden />} onClick={onWrite}>
          {t('leads.page.whatsapp')}
        </Button>
      )}
      {lead.email !== '' && (
        <Button component="a" href={`mailto:${lead.email}`} leftSection={<IconMail size={16} stroke={1.7} aria-hidden />}>
          {t('leads.page.email')}
        </Button>
      )}
    </>
  )
}
