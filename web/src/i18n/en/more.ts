import channels from './channels.json'
import flow from './flow.json'
import mail from './mail.json'
import prediction from './prediction.json'
import settings from './settings.json'
import transfer from './transfer.json'
import webforms from './webforms.json'

/** The sentences of settings and automations in English. */
export const words = { channels, flow, mail, prediction, settings, transfer, webforms }
