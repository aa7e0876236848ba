import { changeConnection, removeConnection } from '@/api/capture'
import { registerRecord } from '@/offline/records'

registerRecord('capture.connection', { change: changeConnection, remove: removeConnection, touches: [['capture']] })
