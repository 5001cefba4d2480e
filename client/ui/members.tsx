import type { Person } from '../api/identity.ts'
import type { Route } from './common/route.ts'
import { StateMessage } from './common/state-message.tsx'
import type { ImportList } from './import/import-list.ts'
import { ImportPage } from './import/import-page.tsx'
import { CasePage } from './library/case-page.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { SignedOut } from './library/signed-out.tsx'
import { PacsPage } from './pacs/pacs-page.tsx'

/** Undefined while it is being asked; null where nobody is signed in. */
export type Login = Person | null | undefined

/** The pages for those who are signed in. */
export function Members(props: {
  login: Login
  refusal: string | undefined
  route: Extract<Route, { page: 'library' | 'import' | 'pacs' }>
  imports: ImportList
  /** Undefined while it is being asked. */
  hasPacs: boolean | undefined
}) {
  const { login, refusal, route, imports, hasPacs } = props
  const isWaiting = !login || (route.page === 'pacs' && hasPacs === undefined)
  if (refusal && isWaiting) return <StateMessage heading={1} title={refusal} />
  if (login === undefined) return <StateMessage heading={1} title="One moment…" />
  if (login === null) return <SignedOut />
  if (route.page === 'import') return <ImportPage imports={imports} />
  if (route.page === 'pacs') return <PacsPage isSetUp={hasPacs} imports={imports} />
  return route.caseId ? <CasePage key={route.caseId} caseId={route.caseId} /> : <LibraryPage />
}
