import { changeAutomation, removeAutomation } from '@/api/automations'
import { registerRecord } from '@/offline/records'

registerRecord('automation', { change: changeAutomation, remove: removeAutomation, touches: [['automations']] })
