import { Radio, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addExport, type NewExport } from '@/api/transfer'
import { newId } from '@/lib/uuid'
import { Dialog } from '@/ui/Dialog'

type Props = { everything: boolean; onClose: () => void; onStarted: () => void }

/** What shall leave, and as what. */
export function ExportDialog({ everything, onClose, onStarted }: Props) {
  const { t } = useTranslation()
  const [object, setObject] = useState<NewExport['object']>('lead')
  const [format, setFormat] = useState<NewExport['format']>('csv')
  const [id] = useState(newId)
  const whole = object === ''
  return (
    <Dialog
      title={t('transfer.export.title')}
      submit={t('transfer.export.start')}
      onClose={onClose}
      onSubmit={async () => {
        await addExport({ object, format }, id)
        onStarted()
        onClose()
      }}
    >
      <Radio.Group label={t('transfer.what')} value={object === '' ? 'everything' : object} onChange={(value) => setObject(value === 'everything' ? '' : value)}>
        <div style={{ display: 'grid', gap: 8, marginTop: 6 }}>
          {(['lead', 'contact', 'company', 'customer'] as const).map((value) => (
            <Radio key={value} value={value} label={t(`transfer.object.${value}`)} />
          ))}
          {everything && <Radio value="everything" label={t('transfer.object.everything')} description={t('transfer.export.everythingMeans')} />}
        </div>
      </Radio.Group>
      {!whole && (
        <Select
          label={t('transfer.export.format')}
          data={[
            { value: 'csv', label: t('transfer.export.csv') },
            { value: 'xlsx', label: t('transfer.export.xlsx') },
          ]}
          value={format}
          allowDeselect={false}
          onChange={(value) => setFormat(value === 'xlsx' ? 'xlsx' : 'csv')}
        />
      )}
    </Dialog>
  )
}
