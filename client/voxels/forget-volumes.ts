/** What every cache of a volume's chunks, and of what is known of them, is called by. */
export const cachePrefix = 'caseroom-volume'

/** Held, together, by everything that keeps volumes; the browser lets go of it for a page that ends. */
const lockName = 'caseroom-volumes'

/** Resolves once it is known to other pages that volumes are in use here; for as long as this worker lives. */
export function holdVolumes(): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(lockName, { mode: 'shared' }, () => {
      resolve()
      return new Promise<never>(() => {})
    })
    held.catch(reject)
  })
}

/** Nothing of any volume stays on this machine: for who is a guest at it. */
export async function forgetVolumes(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith(cachePrefix)).map((n) => caches.delete(n)),
  )
}

/**
 * Forgets what a guest left here who closed the page without leaving, unless a page of this browser
 * still shows volumes. `mayStay`: it is the machine of somebody who may keep them, or they come back;
 * where that cannot be told they go.
 */
export async function forgetLeftVolumes(mayStay: () => Promise<boolean>): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  if (!names.some((name) => name.startsWith(cachePrefix))) return
  for (const waitMs of againAfterMs) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    if (await mayStay().catch(() => false)) return
    if (await forgetUnused()) return
  }
}

/** A page that has just been closed holds the lock a moment longer. */
const againAfterMs = [0, 1_000, 4_000, 15_000, 60_000]

/** False where a page of this browser shows volumes. */
async function forgetUnused(): Promise<boolean> {
  const ifFree = { mode: 'exclusive', ifAvailable: true } as const
  return await navigator.locks.request(lockName, ifFree, async (lock) => {
    if (lock) await forgetVolumes()
    return lock !== null
  })
}
