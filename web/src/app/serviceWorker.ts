const watchers = new Set<() => void>()
let waiting: ServiceWorker | null = null

function found(worker: ServiceWorker | null): void {
  waiting = worker
  for (const watcher of watchers) watcher()
}

/** Keeps the app on the device, so that a second visit loads no code and works without a network. */
export async function keepOnDevice(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  // Refused in a private window or by a policy: the app works as well, it only loads again each time.
  const registration = await navigator.serviceWorker.register('/sw.js').catch<undefined>(() => undefined)
  if (!registration) return
  const replaces = () => navigator.serviceWorker.controller !== null
  if (registration.waiting && replaces()) found(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && replaces()) found(worker)
    })
  })
}

/** Whether a newer version of the app waits on the device. */
export function versionWaits(): boolean {
  return waiting !== null
}

/** Hears when a newer version has arrived. */
export function watchVersions(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Starts the newer version; changes that wait for the server stay on the device. */
export function loadNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage({ type: 'SKIP_WAITING' })
}
