import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Key } from '../api/conferences.ts'
import { wordsFor } from '../api/http.ts'
import { type Person, signOut, whoAmI } from '../api/identity.ts'
import { navigate, type Route, routeOf, useAddress } from './common/route.ts'
import { SitePage } from './common/site-page.tsx'
import { StateMessage } from './common/state-message.tsx'
import type { AttendanceStore } from './conference/attendance.ts'
import { ConferenceDoor } from './conference/conference-door.tsx'
import type { OpenStage } from './conference/stage-pane.tsx'
import type { ImportList } from './import/import-list.ts'
import { ImportPage } from './import/import-page.tsx'
import { CasePage } from './library/case-page.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { SignedOut } from './library/signed-out.tsx'
import { LobbyPage } from './lobby/lobby-page.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

/** Undefined while it is being asked; null where nobody is signed in. */
type Login = Person | null | undefined

export function Site(props: {
  attendance: AttendanceStore
  imports: ImportList
  openStage: OpenStage
}) {
  const { attendance, imports, openStage } = props
  const address = new URL(useAddress(), location.origin)
  const route = routeOf(address.pathname, address.search)
  const [login, setLogin] = useState<Login>()
  const [refusal, setRefusal] = useState<string>()
  const inside = useSyncExternalStore(attendance.subscribe, attendance.getSnapshot)
  const signedIn = useCallback((person: Person) => setLogin(person), [])

  const asksWho = route.page === 'library' || route.page === 'import' || inside.state === 'inside'
  useEffect(() => {
    if (!asksWho) return
    whoAmI().then(
      (person) => setLogin(person ?? null),
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }, [asksWho])

  const leavesBy = route.page !== 'conference' && route.page !== 'join'
  useEffect(() => {
    if (leavesBy) void attendance.leave() // going to another page is leaving
  }, [leavesBy, attendance])

  if (route.page === 'join') {
    const enter = async (key: Key, displayName: string) => {
      const conferenceId = await attendance.enter(key, displayName)
      if (conferenceId) navigate(`/conference/${conferenceId}`, 'replace')
    }
    return <LobbyPage attendance={inside} onEnter={(key, name) => void enter(key, name)} />
  }
  if (route.page === 'conference') {
    return (
      <ConferenceDoor
        conferenceId={route.conferenceId}
        store={attendance}
        attendance={inside}
        signedIn={Boolean(login)}
        openStage={openStage}
      />
    )
  }
  const out = () => {
    signOut().then(
      () => setLogin(null),
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }
  return (
    <SitePage
      person={login ?? undefined}
      {...(route.page !== 'sign-in' && { current: route.page })}
      onSignOut={out}
    >
      {route.page === 'sign-in' ? (
        <SignInPage onSignedIn={signedIn} />
      ) : (
        <Members login={login} refusal={refusal} route={route} imports={imports} />
      )}
    </SitePage>
  )
}

function Members(props: {
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
