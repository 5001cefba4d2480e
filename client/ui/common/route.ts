import { useSyncExternalStore } from 'react'

/** Where this page is; what stands behind # is read once and never kept in the history. */
export type Route =
  | { readonly page: 'library'; readonly caseId: string | undefined }
  | { readonly page: 'import' }
  | { readonly page: 'pacs' }
  | { readonly page: 'join' }
  | { readonly page: 'sign-in' }
  | { readonly page: 'conference'; readonly conferenceId: string }
  | { readonly page: 'findings'; readonly conferenceId: string }

export function routeOf(pathname: string, search: string): Route {
  const [first, second] = pathname.split('/').filter(Boolean)
  if (first === 'import' || first === 'pacs') return { page: first }
  if (first === 'join' || first === 'sign-in') return { page: first }
  if (first === 'findings' && second) return { page: 'findings', conferenceId: second }
  if (first === 'conference' && second) return { page: 'conference', conferenceId: second }
  return { page: 'library', caseId: new URLSearchParams(search).get('case') ?? undefined }
}

const moved = new EventTarget()

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to)
  moved.dispatchEvent(new Event('moved'))
}

/** What stands behind #, taken out of the address bar so that nobody copies or logs it. */
export function takeFragment(): string {
  const fragment = location.hash.slice(1)
  if (fragment) history.replaceState(null, '', location.pathname + location.search)
  return fragment
}

export function useAddress(): string {
  return useSyncExternalStore(subscribe, () => location.pathname + location.search)
}

/** A link with a new fragment is a new arrival at the same path. */
function subscribe(listener: () => void): () => void {
  const arrived = () => {
    if (location.hash) location.reload()
    else listener()
  }
  moved.addEventListener('moved', listener)
  addEventListener('popstate', listener)
  addEventListener('hashchange', arrived)
  return () => {
    moved.removeEventListener('moved', listener)
    removeEventListener('popstate', listener)
    removeEventListener('hashchange', arrived)
  }
}
