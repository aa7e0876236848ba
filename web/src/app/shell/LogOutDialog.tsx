import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = { waiting: number; onClose: () => void; onLogOut: () => void }

/** Asks before changes that have not reached the server are thrown away. */
export default function LogOutDialog({ waiting, onClose, onLogOut }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('app.logOut')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <p>{t('app.logOutWaiting', { count: waiting })}</p>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button color="red" variant="filled" onClick={onLogOut}>
          {t('app.logOutAnyway')}
        </Button>
      </div>
    </Modal>
  )
}
