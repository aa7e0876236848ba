import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChainStep } from '@/api/assignment'
import type { Named } from '@/api/shapes'
import { duration } from '@/lib/time'
import { Chip } from '@/ui/Chip'
import { Row, Rows } from '@/ui/Rows'
import { Section } from '@/ui/Screen'
import { ChainDialog } from './ChainDialog'

type Props = { chain: readonly ChainStep[]; people: readonly Named[]; disabled: boolean; onSave: (chain: ChainStep[]) => Promise<void> }

/** Who hears that nobody answered, one after the other. */
export function Chain({ chain, people, disabled, onSave }: Props) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={t('flow.answer.chain')}
      intro={t('flow.answer.chainIntro')}
      action={
        !disabled && (
          <Button size="compact-sm" onClick={() => setOpen(true)}>
            {t('flow.answer.change')}
          </Button>
        )
      }
    >
      <Rows label={t('flow.answer.chain')}>
        <Row title={t('flow.answer.owner')} detail={t('flow.answer.atOnce')} />
        {chain.map((step, index) => (
          <Row
            // Steps have no name of their own; their place is what they are.
            key={index}
            title={
              <>
                <Whom step={step} people={people} />
                {step.carriers.map((carrier) => (
                  <Chip key={carrier}>{t(`flow.answer.carrier.${carrier === 'sms' ? 'sms' : 'email'}`)}</Chip>
                ))}
                {step.reassign && <Chip tone="accent">{t('flow.answer.reassign')}</Chip>}
              </>
            }
            detail={step.after_minutes === 0 ? t('flow.answer.atOnce') : t('flow.answer.after', { time: duration(step.after_minutes * 60_000, i18n.language) })}
          />
        ))}
      </Rows>
      {open && (
        <ChainDialog
          chain={chain}
          people={people}
          onClose={() => setOpen(false)}
          onSave={async (next) => {
            await onSave(next)
            setOpen(false)
          }}
        />
      )}
    </Section>
  )
}

function Whom({ step, people }: { step: ChainStep; people: readonly Named[] }) {
  const { t } = useTranslation()
  if (step.tell !== 'member') return t(`flow.answer.whom.${step.tell}`)
  return <bdi>{people.find((one) => one.id === step.member_id)?.name ?? '…'}</bdi>
}
