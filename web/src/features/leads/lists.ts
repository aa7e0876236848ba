import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { getFields, type Field } from '@/api/filters'
import { getMembers, getPipelines, getSources } from '@/api/leads'
import type { Member, Pipeline, Source } from '@/api/shapes'
import { described, sourceWord } from '@/records/described'

const RARELY = 10 * 60_000
const NO_MEMBERS: Member[] = []
const NO_SOURCES: Source[] = []
const NO_PIPELINES: Pipeline[] = []
const NO_FIELDS: Field[] = []

const custom = (fields: Field[]) => fields.filter((field) => field.custom)

/** Everybody in the workspace. */
export function useMembers(): readonly Member[] {
  return useQuery({ queryKey: ['members', 'list'], queryFn: getMembers, staleTime: RARELY }).data ?? NO_MEMBERS
}

/** Where leads come from, by the workspace's own words. */
export function useSources(): readonly Source[] {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['leads', 'sources'], queryFn: getSources, staleTime: RARELY }).data ?? NO_SOURCES
  return useMemo(() => found.map(({ key, label }) => ({ key, label: sourceWord(key, label, t) })), [found, t])
}

/** The boards of the workspace with their stages. */
export function usePipelines(): readonly Pipeline[] {
  return useQuery({ queryKey: ['leads', 'pipelines'], queryFn: getPipelines, staleTime: RARELY }).data ?? NO_PIPELINES
}

/** Every field of a lead, with its name and its type. */
export function useLeadFields(wanted = true): readonly Field[] {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['fields', 'lead'], queryFn: () => getFields('lead'), staleTime: RARELY, enabled: wanted }).data ?? NO_FIELDS
  return useMemo(() => described(found, t), [found, t])
}

const shown = (fields: Field[]) => fields.filter((field) => field.custom || field.of !== '')

/** What a table of leads may show beside the fields it always has: own fields, and those of person and company. */
export function useColumnFields(): readonly Field[] {
  return useQuery({ queryKey: ['fields', 'lead'], queryFn: () => getFields('lead'), staleTime: RARELY, select: shown }).data ?? NO_FIELDS
}

/** The workspace's own fields of a lead, its person or company, in their order. */
export function useCustomFields(object: 'lead' | 'contact' | 'company' = 'lead'): readonly Field[] {
  return useQuery({ queryKey: ['fields', object], queryFn: () => getFields(object), staleTime: RARELY, select: custom }).data ?? NO_FIELDS
}
