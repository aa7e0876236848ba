import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changePrediction, getPrediction, learnPrediction, type Prediction, type PredictionChange } from '@/api/prediction'
import { newId } from '@/lib/uuid'

const KEY = ['scoring', 'prediction']
const LOOK_AGAIN = 1500

export const isLearning = (found: Prediction | undefined): boolean => found?.training.state === 'waiting' || found?.training.state === 'running'

/** The prediction of the workspace; while it learns it is asked again and again. */
export function usePrediction() {
  const client = useQueryClient()
  const keep = (now: Prediction) => client.setQueryData(KEY, now)
  const found = useQuery({ queryKey: KEY, queryFn: getPrediction, refetchInterval: ({ state }) => (isLearning(state.data) ? LOOK_AGAIN : false) })
  const learn = useMutation({ mutationFn: () => learnPrediction(newId()), onSuccess: keep })
  const change = useMutation({
    mutationFn: (fields: PredictionChange) => changePrediction(fields, found.data?.version ?? 1, newId()),
    onSuccess: keep,
    onError: () => void client.invalidateQueries({ queryKey: KEY }),
  })
  return { found, learn, change }
}
