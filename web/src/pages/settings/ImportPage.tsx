import { Button, SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addField, type OwnField } from '@/api/fields'
import { useRight } from '@/api/me'
import { changeImport, dropImport, getImport, getPreview, runImport, type Change, type Import } from '@/api/transfer'
import { useMembers, useSources } from '@/features/leads/lists'
import { OwnFieldDialog } from '@/features/schema/OwnFieldDialog'
import { MapColumns } from '@/features/transfer/MapColumns'
import { Outcome } from '@/features/transfer/Outcome'
import { PreviewRows } from '@/features/transfer/PreviewRows'
import { IMPORTS, working } from '@/features/transfer/states'
import { Terms } from '@/features/transfer/Terms'
import { newId } from '@/lib/uuid'
import { useSentence } from '@/ui/Dialog'
import { Loaded } from '@/ui/Loaded'
import { Buttons, Note, Screen, screenStyles, Section } from '@/ui/Screen'

const STEPS = ['map', 'terms', 'preview'] as const
type Step = (typeof STEPS)[number]

/** One list on its way in: its columns, the terms, a look at what would be, and what became of it. */
export default function ImportPage({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayChange = useRight('capture:write')
  const key = [...IMPORTS, id]
  const found = useQuery({ queryKey: key, queryFn: () => getImport(id), meta: { keep: false }, refetchInterval: ({ state }) => (working(state.data?.state) ? 700 : false) })
  const changed = (run: Import) => client.setQueryData(key, run)
  return (
    <Screen title={found.data?.name ?? t('settings.screen.transfer')} intro={found.data?.state === 'draft' ? t('transfer.oneIntro') : undefined} back={<Link to="/settings/transfer" className={screenStyles.back}>{t('settings.screen.transfer')}</Link>}>
      <Loaded found={found}>
        {(run) => (run.state === 'draft' ? <Draft run={run} mayChange={mayChange} onChanged={changed} onLeave={onLeave} /> : <Outcome run={run} mayChange={mayChange} onChanged={changed} />)}
      </Loaded>
    </Screen>
  )
}

type NewFieldProps = { run: Import; column: number; onClose: () => void; onMade: (run: Import) => void }

/** A field for a column that has no place yet; the column goes there at once. */
function NewField({ run, column, onClose, onMade }: NewFieldProps) {
  const client = useQueryClient()
  const seen = run.columns[column]
  const object = run.object === 'customer' ? 'customer' : 'lead'

  async function make(field: OwnField): Promise<void> {
    const made = await addField(object, field, newId())
    await client.invalidateQueries({ queryKey: ['fields'] })
    onMade(await changeImport(run.id, { mapping: run.mapping.map((place, index) => ({ mode: 'fill', dates: null, decimal: '', ...place, ...(index === column && { to: made.key }) })) }))
    onClose()
  }
  return <OwnFieldDialog object={object} fields={[]} field={undefined} begun={{ label: seen?.header ?? '', type: seen?.dates === true ? 'date' : 'text' }} onSave={make} onClose={onClose} />
}

type DraftProps = { run: Import; mayChange: boolean; onChanged: (run: Import) => void; onLeave: () => void }

function Draft({ run, mayChange, onChanged, onLeave }: DraftProps) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const say = useSentence()
  const [step, setStep] = useState<Step>('map')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  // Which column a field is made for.
  const [making, setMaking] = useState<number | null>(null)
  const mayMake = useRight('settings:write') && (run.object === 'lead' || run.object === 'customer')
  const members = useMembers()
  const sources = useSources()
  const preview = useQuery({
    queryKey: [...IMPORTS, run.id, 'preview', run.mapping, run.options],
    queryFn: () => getPreview(run.id),
    meta: { keep: false },
    refetchInterval: ({ state }) => (state.data && state.data.counts === null ? 2000 : false),
  })
  const undecided = preview.data?.undecided ?? []
  async function attempt(what: () => Promise<void>): Promise<void> {
    setBusy(true)
    setWrong(undefined)
    try {
      await what()
    } catch (error) {
      setWrong(say(error))
    }
    setBusy(false)
  }
  const change = (to: Change) => void attempt(async () => onChanged(await changeImport(run.id, to)))
  const rows = new Intl.NumberFormat(i18n.language).format(run.rows)
  const at = STEPS.indexOf(step)
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('transfer.steps')}
        value={step}
        data={STEPS.map((value, index) => ({ value, label: `${index + 1}. ${t(`transfer.step.${value}`)}` }))}
        onChange={(value) => setStep(value)}
      />
      {step === 'map' && (
        <Section title={t('transfer.map.title')} intro={t('transfer.map.intro', { rows })}>
          <MapColumns run={run} undecided={undecided} updates={run.options.duplicates === 'update'} onChange={(mapping) => change({ mapping })} onMake={mayMake ? setMaking : undefined} />
        </Section>
      )}
      {step === 'terms' && (
        <Section title={t('transfer.step.terms')}>
          <Terms run={run} members={members.filter((one) => one.active)} sources={sources} onChange={(options) => change({ options })} />
        </Section>
      )}
      {step === 'preview' && (
        <Section title={t('transfer.step.preview')} intro={t('transfer.preview.intro')}>
          <Loaded found={preview}>{(made) => <PreviewRows preview={made} />}</Loaded>
        </Section>
      )}
      {making !== null && <NewField run={run} column={making} onClose={() => setMaking(null)} onMade={onChanged} />}
      {undecided.length > 0 && <Note tone="warm">{t('transfer.map.undecided', { column: undecided.join(', ') })}</Note>}
      {wrong !== undefined && <Note tone="hot">{wrong}</Note>}
      {mayChange && (
        <Buttons end>
          <Button
            onClick={() =>
              void attempt(async () => {
                await dropImport(run.id, newId())
                await client.invalidateQueries({ queryKey: IMPORTS, exact: true })
                onLeave()
              })
            }
          >
            {t('transfer.discard')}
          </Button>
          {at < STEPS.length - 1 ? (
            <Button variant="filled" onClick={() => setStep(STEPS[at + 1] ?? 'preview')}>
              {t('transfer.next')}
            </Button>
          ) : (
            <Button variant="filled" loading={busy} disabled={undecided.length > 0} onClick={() => void attempt(async () => onChanged(await runImport(run.id, newId())))}>
              {t('transfer.run', { rows })}
            </Button>
          )}
        </Buttons>
      )}
    </>
  )
}
