import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getLossReasons, getPipelines } from '@/api/leads'
import { useRight } from '@/api/me'
import { getObjectionKinds } from '@/api/objections'
import { addPipeline, addReason, addStage, changeReason, removePipeline, removeStage } from '@/api/pipelines'
import { ObjectionKinds } from '@/features/pipelines/ObjectionKinds'
import { AddPipeline, PipelineTools } from '@/features/pipelines/PipelineTools'
import { Reasons } from '@/features/pipelines/Reasons'
import { Stages } from '@/features/pipelines/Stages'
import { newId } from '@/lib/uuid'
import { changeOf } from '@/offline/records'
import { useOutbox, usePainted } from '@/offline/session'
import { Refusals, SaveMark } from '@/records/Saving'
import { Loaded } from '@/ui/Loaded'
import { Note, Screen, Section } from '@/ui/Screen'

const KINDS = ['pipelines.']
const PIPELINES = ['leads', 'pipelines']
const REASONS = ['leads', 'reasons']

/** The stages of each pipeline and the reasons for losing. */
export function StagesPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const outbox = useOutbox()
  const mayChange = useRight('settings:write')
  const foundPipelines = useQuery({ queryKey: PIPELINES, queryFn: getPipelines })
  const foundReasons = useQuery({ queryKey: REASONS, queryFn: getLossReasons })
  const foundKinds = useQuery({ queryKey: ['leads', 'objectionKinds'], queryFn: getObjectionKinds })
  const pipelines = usePainted(PIPELINES, foundPipelines.data)
  const reasons = usePainted(REASONS, foundReasons.data)
  const refresh = () => client.invalidateQueries({ queryKey: ['leads'] })
  return (
    <Screen title={t('settings.screen.pipeline')} intro={t('settings.stages.intro')} status={<SaveMark kinds={KINDS} />} action={mayChange && <AddPipeline onAdd={(name) => addPipeline(name, newId()).then(refresh)} />}>
      {!mayChange && foundPipelines.data !== undefined && <Note>{t('ui.readOnly')}</Note>}
      <Refusals kinds={KINDS} />
      <Loaded found={{ ...foundPipelines, data: pipelines }} height={280} bones={1}>
        {(all) =>
          all.map((pipeline) => (
            <Stages
              key={pipeline.id}
              pipeline={pipeline}
              several={all.length > 1}
              disabled={!mayChange}
              tools={
                mayChange && (
                  <PipelineTools
                    pipeline={pipeline}
                    others={all.filter(({ id }) => id !== pipeline.id)}
                    onDefault={() => void outbox.add(changeOf('pipelines.pipeline', pipeline, { is_default: true }))}
                    onRemove={(to) => removePipeline(pipeline.id, to, newId()).then(refresh)}
                  />
                )
              }
              onRename={(name) => void outbox.add(changeOf('pipelines.pipeline', pipeline, { name }))}
              onChange={(stage, fields) => void outbox.add(changeOf('pipelines.stage', stage, fields))}
              onAdd={async (stage) => {
                await addStage({ ...stage, pipeline_id: pipeline.id }, newId())
                await refresh()
              }}
              onRemove={async (stage, to) => {
                await removeStage(stage.id, to, newId())
                await refresh()
              }}
            />
          ))
        }
      </Loaded>
      <Section title={t('settings.stages.reasons')}>
        <Loaded found={{ ...foundReasons, data: reasons }}>
          {(all) => (
            <Reasons
              reasons={all}
              disabled={!mayChange}
              onChange={(reason, fields) => void outbox.add(changeOf('pipelines.reason', reason, fields))}
              onPlace={(reason, position) => void changeReason(reason.id, { position }, null, newId()).then(refresh)}
              onAdd={async (name) => {
                await addReason(name, newId())
                await refresh()
              }}
            />
          )}
        </Loaded>
      </Section>
      <Section title={t('settings.stages.objections.title')}>
        <Loaded found={foundKinds}>{(kinds) => <ObjectionKinds kinds={kinds} />}</Loaded>
      </Section>
    </Screen>
  )
}
