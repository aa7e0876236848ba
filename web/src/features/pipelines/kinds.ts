import { changePipeline, changeReason, changeStage } from '@/api/pipelines'
import { registerRecord } from '@/offline/records'
import { placeOf } from './order'

const touches = [['leads']]

registerRecord('pipelines.pipeline', { change: changePipeline, touches })
registerRecord('pipelines.stage', { change: (id, fields, version, key) => changeStage(id, placeOf(fields), version, key), touches })
registerRecord('pipelines.reason', { change: changeReason, touches })
