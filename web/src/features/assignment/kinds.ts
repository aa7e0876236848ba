import { changeAssignmentRule, changeBusinessHours, changeSlaPolicy, removeAssignmentRule } from '@/api/assignment'
import { registerRecord } from '@/offline/records'

const touches = [['assignment']]

registerRecord('assignment.rule', { change: changeAssignmentRule, remove: removeAssignmentRule, touches })
registerRecord('assignment.policy', { change: changeSlaPolicy, touches })
registerRecord('assignment.hours', { change: (_, fields, version, key) => changeBusinessHours(fields, version, key), touches })
