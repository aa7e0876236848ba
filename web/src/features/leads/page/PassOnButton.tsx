import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { passLeadOn } from '@/api/leads'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'

/** Gives a lead that nobody has answered to the next in turn; it stays where nobody else can take it. */
export function PassOnButton({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const passing = useMutation({
    mutationFn: () => passLeadOn(id, newId()),
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
  return (
    <>
      <div>
        <Button loading={passing.isPending} onClick={() => passing.mutate()}>
          {t('leads.assign.passOn')}
        </Button>
      </div>
      {passing.error && <Note tone="warm">{say(passing.error)}</Note>}
    </>
  )
}
