// Every change a member can make is known from the start: one that was made yesterday without
// a network is sent today, whichever screen is open.
import '@/features/assignment/kinds'
import '@/features/automation/kinds'
import '@/features/capture/kinds'
import '@/features/channels/kinds'
import '@/features/customers/kinds'
import '@/features/leads/kinds'
import '@/features/pipelines/kinds'
import '@/features/scoring/kinds'
import '@/features/workspaces/kinds'
