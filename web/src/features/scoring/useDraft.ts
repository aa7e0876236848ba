import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { beginWithPreset, dropScoringDraft, getScoringDraft, getScoringEditions, publishScoring, saveScoringDraft, tryScoringDraft, type ScoringDraft } from '@/api/scoring'
import { newId } from '@/lib/uuid'

const DRAFT = ['scoring', 'draft']
const DRY_RUN = ['scoring', 'dry-run']
const EDITIONS = ['scoring', 'editions']
const LOOK_AGAIN = 1000

/** The draft as it is edited: every change is kept at once, and its effect on all leads is counted. */
export function useDraft() {
  const client = useQueryClient()
  const found = useQuery({ queryKey: DRAFT, queryFn: getScoringDraft })
  const draft = found.data
  const pending = draft !== undefined && draft.version > 0 && draft.changes > 0
  const kept = (saved: ScoringDraft) => client.setQueryData(DRAFT, saved)
  const again = () => client.invalidateQueries({ queryKey: ['scoring'] })
  const save = useMutation({
    scope: { id: 'scoring-draft' },
    mutationFn: (change: (draft: ScoringDraft) => ScoringDraft) => saveScoringDraft(change(client.getQueryData<ScoringDraft>(DRAFT) as ScoringDraft)),
    onSuccess: kept,
    onError: again,
  })
  const preset = useMutation({ mutationFn: beginWithPreset, onSuccess: kept, onError: again })
  const drop = useMutation({ mutationFn: dropScoringDraft, onSettled: again })
  const publish = useMutation({ mutationFn: (version: number) => publishScoring(version, newId()), onSettled: again })
  const dryRun = useQuery({ queryKey: [...DRY_RUN, draft?.version], queryFn: tryScoringDraft, enabled: pending, meta: { keep: false } })
  const editions = useQuery({
    queryKey: EDITIONS,
    queryFn: getScoringEditions,
    refetchInterval: ({ state }) => (state.data?.[0] && state.data[0].done_at === null ? LOOK_AGAIN : false),
  })
  const failed = [save, preset, drop, publish].some((one) => one.isError)
  const newest = editions.data?.[0]
  return { found, draft, pending, dryRun, failed, save, preset, drop, publish, counting: newest?.done_at === null ? newest : undefined }
}
