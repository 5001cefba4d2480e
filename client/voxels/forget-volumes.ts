/** What every cache of a volume's chunks, and of what is known of them, is called by. */
export const cachePrefix = 'caseroom-volume'

/** Nothing of any volume stays on this machine: for who is a guest at it. */
export async function forgetVolumes(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith(cachePrefix)).map((n) => caches.delete(n)),
  )
}
