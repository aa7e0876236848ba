import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { claimLead } from '@/api/leads'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { Note } from '@/ui/Screen'

/** Takes a lead that waits in the queue of a team; who comes second is told who was faster. */
export function ClaimButton({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const claim = useMutation({
    mutationFn: () => claimLead(id, newId()),
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
  return (
    <>
      <div>
        <Button variant="filled" loading={claim.isPending} onClick={() => claim.mutate()}>
          {t('leads.assign.claim')}
        </Button>
      </div>
      {claim.error && <Note tone="warm">{say(claim.error)}</Note>}
    </>
  )
}
