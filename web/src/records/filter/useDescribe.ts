import { useTranslation } from 'react-i18next'
import type { Field, Tree } from '@/api/filters'
import { useMe } from '@/api/me'
import { formatMoney } from '@/lib/money'
import { describe } from './words'

/** Says condition trees in the language of the screen. */
export function useDescribe(fields: readonly Field[]): (tree: Tree) => string {
  const { t, i18n } = useTranslation()
  const { workspace } = useMe()
  const words = {
    op: (op: string) => t(`flow.op.${op}` as 'flow.op.eq', { defaultValue: op }),
    all: t('flow.filter.and'),
    any: t('flow.filter.or'),
    not: t('flow.filter.not'),
    money: (minor: number) => formatMoney(minor, workspace.currency, i18n.language),
  }
  return (tree) => describe(tree, fields, words)
}
