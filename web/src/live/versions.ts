const newest = new Map<string, number>()

/** Remembers the newest version of a record this tab has shown. */
export function noteVersion(id: string, version: number): void {
  if ((newest.get(id) ?? 0) < version) newest.set(id, version)
}

/** Whether an event tells nothing that this tab does not show already. */
export function isOld(id: string, version: number | undefined): boolean {
  return version !== undefined && version <= (newest.get(id) ?? 0)
}
