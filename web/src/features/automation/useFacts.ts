import { useQuery } from '@tanstack/react-query'
import { getOffers } from '@/api/automations'
import { useLeadFields } from '@/records/filter/useFields'
import { choicesFrom, factsOf, offerOf } from './words'

/** Says what a step was given, and what came of it, in the words of its action. */
export function useFacts(): (action: string, values: Record<string, unknown>) => string {
  const { data: offers } = useQuery({ queryKey: ['automations', 'offers'], queryFn: getOffers, staleTime: 10 * 60_000 })
  const choicesOf = choicesFrom(useLeadFields())
  return (action, values) => factsOf(offers && offerOf(offers.actions, action), values, choicesOf)
}
