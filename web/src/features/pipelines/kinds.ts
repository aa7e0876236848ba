import { changePipeline, changeReason, changeStage } from '@/api/pipelines'
import { registerRecord } from '@/offline/records'

const touches = [['leads']]

registerRecord('pipelines.pipeline', { change: changePipeline, touches })
registerRecord('pipelines.stage', { change: changeStage, touches })
registerRecord('pipelines.reason', { change: changeReason, touches })
