import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Card, Stage } from '@/api/shapes'
import { usePhone } from '@/lib/screen'
import { BottomSheet } from '@/ui/BottomSheet'

type Props = {
  card: Card
  button: HTMLElement
  stages: readonly Stage[]
  mayMove: boolean
  onMove: (leadId: string, stage: string) => void
  onOpen: (card: Card) => void
  onClose: () => void
}

/** The way to move a card without dragging: a menu, or a sheet on a phone. */
export function MoveMenu({ card, button, stages, mayMove, onMove, onOpen, onClose }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const places = mayMove ? stages.filter((stage) => stage.id !== card.stage_id) : []

  function close(): void {
    onClose()
    button.focus()
  }

  if (phone) {
    return (
      <BottomSheet title={t('leads.board.moveNamed', { name: card.name })} opened onClose={close}>
        {places.map((stage) => (
          <button
            key={stage.id}
            type="button"
            style={{ display: 'block', inlineSize: '100%', minBlockSize: 44, border: 0, background: 'none', font: 'inherit', color: 'inherit', textAlign: 'start' }}
            onClick={() => {
              close()
              onMove(card.id, stage.id)
            }}
          >
            <span style={{ color: stage.colour }} aria-hidden>
              ●
            </span>{' '}
            <bdi>{stage.name}</bdi>
          </button>
        ))}
      </BottomSheet>
    )
  }
  const at = button.getBoundingClientRect()
  return (
    <Menu opened onClose={close} position="bottom-end" withinPortal returnFocus={false}>
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.left, top: at.top, width: at.width, height: at.height, pointerEvents: 'none' }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('leads.board.menu', { name: card.name })}>
        <Menu.Item onClick={() => onOpen(card)}>{t('app.keys.open')}</Menu.Item>
        {places.length > 0 && <Menu.Label>{t('leads.board.moveTo')}</Menu.Label>}
        {places.map((stage) => (
          <Menu.Item key={stage.id} leftSection={<span style={{ color: stage.colour }}>●</span>} onClick={() => onMove(card.id, stage.id)}>
            <bdi>{stage.name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
