import { changeScoreRule, changeScoringSettings, removeScoreRule } from '@/api/scoring'
import { registerRecord } from '@/offline/records'

const touches = [['scoring'], ['leads']]

registerRecord('scoring.settings', { change: (_, fields, version, key) => changeScoringSettings(fields, version, key), touches })
registerRecord('scoring.rule', { change: changeScoreRule, remove: removeScoreRule, touches })
