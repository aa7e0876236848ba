import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tree } from '@/api/filters'
import { useMe } from '@/api/me'
import { FilterEditor } from '@/records/filter/FilterEditor'
import { draftOf, isComplete, treeOf, withField } from '@/records/filter/tree'
import { useLeadFields } from '@/records/filter/useFields'
import { Bone, Loading } from '@/ui/states'

type Props = { where: Tree | undefined; onApply: (where: Tree | undefined) => void; onClose: () => void }

/** Conditions on any field of a lead, own fields included. */
export default function FilterBuilder({ where, onApply, onClose }: Props) {
  const { t } = useTranslation()
  const { workspace } = useMe()
  const fields = useLeadFields()
  const [changed, setChanged] = useState<ReturnType<typeof draftOf>>()
  const [first] = fields
  const given = draftOf(where ?? {})
  // Nobody opens the builder to look at no condition.
  const start = given?.lines.length === 0 && first ? { match: given.match, lines: [withField(first)] } : given
  const draft = changed === undefined ? start : changed

  function apply(): void {
    if (!draft || !isComplete(draft)) return
    onApply(draft.lines.length === 0 ? undefined : treeOf(draft))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} size={720} title={t('leads.filter.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        {first ? (
          <FilterEditor draft={draft} sentence={t('leads.filter.whole')} fields={fields} currency={workspace.currency} onChange={setChanged} />
        ) : (
          <Loading>
            <Bone height={30} />
          </Loading>
        )}
        <div style={{ display: 'flex', gap: 8, justifyContent: 'end' }}>
          {where !== undefined && (
            <Button
              variant="subtle"
              onClick={() => {
                onApply(undefined)
                onClose()
              }}
            >
              {t('leads.filter.none')}
            </Button>
          )}
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!draft || !isComplete(draft)}>
            {t('leads.filter.apply')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
