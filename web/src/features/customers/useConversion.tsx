import { Button, Menu } from '@mantine/core'
import { IconArrowBackUp, IconBriefcase, IconTransform } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lead, Pipeline } from '@/api/shapes'
import { ConvertDialog } from './ConvertDialog'
import { useConverted, useUndo } from './undo'

/** What the page of a lead shows of its conversion: the one button or the customer, the way back, the dialog. */
export function useConversion(lead: Lead, pipelines: readonly Pipeline[]): { button: ReactNode; more: ReactNode; dialog: ReactNode } {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const onConverted = useConverted()
  const undo = useUndo()
  const { customer, can } = lead
  const may = can.change && (lead.status === 'open' || lead.status === 'won')
  return {
    button: customer ? (
      <Button renderRoot={(props) => <Link to="/customers/$id" params={{ id: customer.id }} {...props} />} leftSection={<IconBriefcase size={16} stroke={1.7} aria-hidden />}>
        <bdi>{customer.name}</bdi>
      </Button>
    ) : (
      may && (
        <Button variant="filled" leftSection={<IconTransform size={16} stroke={1.7} aria-hidden />} onClick={() => setAsking(true)}>
          {t('customers.convert.action')}
        </Button>
      )
    ),
    more: customer && can.change && customer.can_undo && (
      <Menu.Item leftSection={<IconArrowBackUp size={15} aria-hidden />} onClick={() => void undo(customer.conversion_id)}>
        {t('customers.undo.menu')}
      </Menu.Item>
    ),
    dialog: asking && <ConvertDialog lead={lead.id} name={lead.name} pipelines={pipelines} onClose={() => setAsking(false)} onConverted={onConverted} />,
  }
}
