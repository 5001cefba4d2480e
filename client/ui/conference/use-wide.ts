import { useSyncExternalStore } from 'react'

const wide = matchMedia('(width >= 900px)')

/** The desk's layout, not the phone's. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      wide.addEventListener('change', listener)
      return () => wide.removeEventListener('change', listener)
    },
    () => wide.matches,
  )
}
