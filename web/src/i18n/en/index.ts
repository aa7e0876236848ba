import app from './app.json'
import auth from './auth.json'
import chance from './chance.json'
import customers from './customers.json'
import leads from './leads.json'
import qualify from './qualify.json'
import sync from './sync.json'
import ui from './ui.json'

/** Every sentence of the product in English; the keys of all other languages. */
export const words = { app, auth, chance, customers, leads, qualify, sync, ui }
