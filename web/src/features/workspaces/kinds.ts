import { changeMe, changeMember, changeTeam, changeWorkspace, removeTeam } from '@/api/workspaces'
import { registerRecord } from '@/offline/records'

// Leads show owners and amounts, so they follow what members and the company become.
const touches = [['members'], ['leads']]

registerRecord('workspaces.member', { change: changeMember, touches })
registerRecord('workspaces.me', { change: (_, fields, __, key) => changeMe(fields, key).then(() => null), touches })
registerRecord('workspaces.company', { change: (_, fields, version, key) => changeWorkspace(fields, version, key), touches })
registerRecord('workspaces.team', {
  change: (id, fields, version, key) => changeTeam(id, fields as { name: string }, version, key),
  remove: removeTeam,
  touches,
})
