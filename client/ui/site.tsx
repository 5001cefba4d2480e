import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Key } from '../api/conferences.ts'
import { wordsFor } from '../api/http.ts'
import { type Person, signOut, whoAmI } from '../api/identity.ts'
import { pacsIsSetUp } from '../api/pacs.ts'
import { navigate, routeOf, useAddress } from './common/route.ts'
import { SitePage } from './common/site-page.tsx'
import { StateMessage } from './common/state-message.tsx'
import type { AttendanceStore } from './conference/attendance.ts'
import { ConferenceDoor } from './conference/conference-door.tsx'
import { forgetPerson } from './conference/kept-seat.ts'
import type { OpenStage } from './conference/stage-pane.tsx'
import type { ImportList } from './import/import-list.ts'
import { LobbyPage } from './lobby/lobby-page.tsx'
import type { Login } from './members.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

const FindingsDoor = lazy(async () => ({
  default: (await import('./findings/findings-door.tsx')).FindingsDoor,
}))
const Members = lazy(async () => ({ default: (await import('./members.tsx')).Members }))

/** Which page this address is, and who is looking at it. */
export function Site(props: {
  attendance: AttendanceStore
  imports: ImportList
  openStage: OpenStage
  /** Fetches what a conference needs while a person types their name. */
  prepare: () => void
}) {
  const { attendance, imports, openStage, prepare } = props
  const address = new URL(useAddress(), location.origin)
  const route = routeOf(address.pathname, address.search)
  const [login, setLogin] = useState<Login>()
  const [refusal, setRefusal] = useState<string>()
  const inside = useSyncExternalStore(attendance.subscribe, attendance.getSnapshot)
  const signedIn = useCallback((person: Person) => setLogin(person), [])

  const [hasPacs, setHasPacs] = useState<boolean>()
  const asksWho = ['library', 'import', 'pacs', 'findings'].includes(route.page)
  useEffect(() => {
    if (!asksWho) return
    whoAmI().then(
      (person) => setLogin(person ?? null),
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }, [asksWho])

  const isSignedIn = Boolean(login)
  useEffect(() => {
    if (!isSignedIn) return
    pacsIsSetUp().then(setHasPacs, (error: unknown) => setRefusal(wordsFor(error)))
  }, [isSignedIn])

  const leavesBy = route.page !== 'conference' && route.page !== 'join'
  useEffect(() => {
    if (leavesBy) void attendance.leave() // going to another page is leaving
  }, [leavesBy, attendance])

  if (route.page === 'join') {
    const enter = async (key: Key, displayName: string) => {
      const conferenceId = await attendance.enter(key, displayName)
      if (conferenceId) navigate(`/conference/${conferenceId}`, 'replace')
    }
    return (
      <LobbyPage
        attendance={inside}
        prepare={prepare}
        onEnter={(key, name) => void enter(key, name)}
      />
    )
  }
  if (route.page === 'conference') {
    return (
      <ConferenceDoor
        conferenceId={route.conferenceId}
        store={attendance}
        attendance={inside}
        openStage={openStage}
      />
    )
  }
  const out = () => {
    signOut().then(
      () => {
        forgetPerson()
        setLogin(null)
      },
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }
  return (
    <SitePage
      person={login ?? undefined}
      {...(route.page !== 'sign-in' && route.page !== 'findings' && { current: route.page })}
      hasPacs={hasPacs === true}
      onSignOut={out}
    >
      {route.page === 'sign-in' ? (
        <SignInPage onSignedIn={signedIn} />
      ) : (
        <Suspense fallback={<StateMessage heading={1} title="One moment…" />}>
          {route.page === 'findings' ? (
            <FindingsDoor conferenceId={route.conferenceId} login={login} refusal={refusal} />
          ) : (
            <Members
              login={login}
              refusal={refusal}
              route={route}
              imports={imports}
              hasPacs={hasPacs}
            />
          )}
        </Suspense>
      )}
    </SitePage>
  )
}
