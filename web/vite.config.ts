import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Builds src/app/boot.js as its own hashed file that runs before the first paint; the CSP forbids it inline. */
function boot(): Plugin {
  const source = readFileSync(new URL('./src/app/boot.js', import.meta.url), 'utf8')
  let reference = ''
  return {
    name: 'leadline-boot',
    buildStart() {
      if (this.meta.watchMode) return
      reference = this.environment.config.command === 'build' ? this.emitFile({ type: 'asset', name: 'boot.js', source }) : ''
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, context) {
        if (!context.bundle) return html.replace('<!--boot-->', '<script src="/src/app/boot.js"></script>')
        const file = Object.keys(context.bundle).find((name) => /boot-[^/]*\.js$/.test(name))
        return html.replace('<!--boot-->', `<script src="/${file ?? ''}"></script>`)
      },
    },
    generateBundle() {
      if (reference === '') this.warn('boot.js was not emitted')
    },
  }
}

/** Paths the server renders itself; the service worker must never answer them with the app. */
const SERVER_PATHS = [/^\/api\//, /^\/_allauth\//, /^\/sandbox\//, /^\/f\//, /^\/q\//, /^\/s\//, /^\/u\//, /^\/p\//, /^\/t\//, /^\/hooks\//, /^\/files\//, /^\/admin\//, /^\/health/]

/** While developing, everything that is not the app comes from the running server. */
const SERVER = process.env.LEADLINE_URL ?? 'http://127.0.0.1:8400'
const PROXIED = ['/api', '/_allauth', '/f/', '/hooks', '/sandbox', '/files']

export default defineConfig({
  plugins: [
    react(),
    boot(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Leadline',
        short_name: 'Leadline',
        start_url: '/',
        display: 'standalone',
        background_color: '#f7f7f9',
        theme_color: '#5753c6',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['index.html', 'assets/*.{js,css}', 'icon.svg', 'assets/inter-latin-wght-normal-*.woff2'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: SERVER_PATHS,
        cleanupOutdatedCaches: true,
        runtimeCaching: [
          {
            urlPattern: /\/assets\/.*\.woff2$/,
            handler: 'CacheFirst',
            options: { cacheName: 'fonts', expiration: { maxEntries: 12 } },
          },
        ],
      },
    }),
  ],
  resolve: { tsconfigPaths: true },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 900, reportCompressedSize: false },
  server: { host: '127.0.0.1', port: 5173, proxy: Object.fromEntries(PROXIED.map((path) => [path, { target: SERVER }])) },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/lib/testing.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
} as Parameters<typeof defineConfig>[0])
