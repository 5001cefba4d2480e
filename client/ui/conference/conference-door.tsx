import { DoorOpen } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { forgetVolumes } from '../../voxels/forget-volumes.ts'
import { ReloadButton } from '../common/reload-button.tsx'
import { navigate } from '../common/route.ts'
import { StateMessage } from '../common/state-message.tsx'
import type { Attendance, AttendanceStore } from './attendance.ts'
import type { OpenStage } from './stage-pane.tsx'
import { useSignedIn } from './use-signed-in.ts'
import '../common/controls.css'

const ConferencePage = lazy(async () => ({
  default: (await import('./conference-page.tsx')).ConferencePage,
}))

/** The page of one conference: inside it, on the way in again after a reload, or outside the door. */
export function ConferenceDoor(props: {
  conferenceId: string
  store: AttendanceStore
  attendance: Attendance
  openStage: OpenStage
}) {
  const { conferenceId, store, attendance, openStage } = props
  const signedIn = useSignedIn(attendance)
  const [stranger, setStranger] = useState(false)
  const { state } = attendance
  const outdated = state === 'refused' && attendance.outdated
  useEffect(() => {
    if (state === 'outside') setStranger(!store.resume(conferenceId))
  }, [state, store, conferenceId])
  // A guest's machine is somebody's: the pictures do not stay on it.
  useEffect(() => {
    const gone = state === 'left' || (state === 'refused' && !outdated)
    if (gone && !signedIn) void forgetVolumes()
  }, [state, outdated, signedIn])
  const rejoin = () => void store.leave().then(() => setStranger(!store.resume(conferenceId)))
  const goAway = () => {
    store.forget()
    navigate(signedIn ? '/library' : '/join')
  }

  if (state === 'inside') {
    return (
      <Suspense fallback={<Joining />}>
        <ConferencePage
          {...attendance}
          signedIn={signedIn}
          openStage={openStage}
          onLeave={() => void store.leave()}
          onRejoin={rejoin}
        />
      </Suspense>
    )
  }
  return (
    <main className="conference-waiting">
      {stranger && (
        <StateMessage
          heading={1}
          icon={DoorOpen}
          title="You are not in this conference"
          text="Open the link you were given, or join by its code."
        >
          <Button className="button" onPress={() => navigate('/join')}>
            Join by code
          </Button>
        </StateMessage>
      )}
      {state === 'left' && !stranger && (
        <StateMessage heading={1} icon={DoorOpen} title="You have left the conference">
          <Button className="button primary" onPress={rejoin}>
            Join again
          </Button>
          <Button className="button plain" onPress={goAway}>
            {signedIn ? 'Go to the library' : 'Done'}
          </Button>
        </StateMessage>
      )}
      {state === 'refused' && (
        <StateMessage heading={1} title="You could not come back" text={attendance.message}>
          {outdated && <ReloadButton />}
          <Button className="button" onPress={goAway}>
            {signedIn ? 'Go to the library' : 'Join by code'}
          </Button>
        </StateMessage>
      )}
      {(state === 'joining' || (state === 'outside' && !stranger)) && (
        <StateMessage heading={1} title="Joining…" />
      )}
    </main>
  )
}

function Joining() {
  return (
    <main className="conference-waiting">
      <StateMessage heading={1} title="Joining…" />
    </main>
  )
}
