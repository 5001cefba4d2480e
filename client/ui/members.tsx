import type { Person } from '../api/identity.ts'
import type { Route } from './common/route.ts'
import { StateMessage } from './common/state-message.tsx'
import type { ImportList } from './import/import-list.ts'
import { ImportPage } from './import/import-page.tsx'
import { CasePage } from './library/case-page.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { SignedOut } from './library/signed-out.tsx'

/** Undefined while it is being asked; null where nobody is signed in. */
export type Login = Person | null | undefined

/** The pages for those who are signed in. */
export function Members(props: {
  login: Login
  refusal: string | undefined
  route: Extract<Route, { page: 'library' | 'import' }>
  imports: ImportList
}) {
  const { login, refusal, route, imports } = props
  if (refusal && !login) return <StateMessage heading={1} title={refusal} />
  if (login === undefined) return <StateMessage heading={1} title="One moment…" />
  if (login === null) return <SignedOut />
  if (route.page === 'import') return <ImportPage imports={imports} />
  return route.caseId ? <CasePage key={route.caseId} caseId={route.caseId} /> : <LibraryPage />
}
