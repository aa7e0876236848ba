import { changeForm, removeForm } from '@/api/forms'
import { changeNumber } from '@/api/whatsapp'
import { registerRecord } from '@/offline/records'

const touches = [['capture']]

registerRecord('channels.number', { change: changeNumber, touches })
registerRecord('channels.form', { change: changeForm, remove: removeForm, touches })
