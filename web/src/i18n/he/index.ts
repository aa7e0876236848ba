import '@fontsource-variable/heebo/wght.css'
import app from './app.json'
import auth from './auth.json'
import chance from './chance.json'
import leads from './leads.json'
import sync from './sync.json'
import ui from './ui.json'

/** Every sentence of the product in Hebrew. */
export const words = { app, auth, chance, leads, sync, ui }
