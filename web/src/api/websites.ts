import type { Connection } from './capture'
import { api, bodyOf, type Shapes } from './client'

export type SiteCounts = Shapes['SiteCountsOut']
export type SiteSettings = { origins: string[]; ask_consent: boolean; key_pages: string[] }
export type Website = Omit<Connection, 'settings'> & { settings: SiteSettings }

export const getWebsites = (): Promise<Website[]> => bodyOf(api.GET('/api/v1/connections', { params: { query: { channel: 'website' } } })) as Promise<Website[]>
/** How often the pages of a website were looked at in thirty days. */
export const getSiteCounts = (id: string): Promise<SiteCounts> => bodyOf(api.GET('/api/v1/websites/{connection_id}/counts', { params: { path: { connection_id: id } } }))
