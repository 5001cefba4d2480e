import type { Person } from '../../api/identity.ts'
import { StateMessage } from '../common/state-message.tsx'
import { storedSeat } from '../conference/kept-seat.ts'
import { SignedOut } from '../library/signed-out.tsx'
import { FindingsPage } from './findings-page.tsx'

/**
 * To the findings as a clinician by their login, or as the attending by the seat that this tab, or
 * the one it was opened from, has in the conference.
 */
export function FindingsDoor(props: {
  conferenceId: string
  /** Undefined while it is being asked; null where nobody is signed in. */
  login: Person | null | undefined
  refusal: string | undefined
}) {
  const { conferenceId, login, refusal } = props
  if (login?.kind === 'clinician') {
    return <FindingsPage key={conferenceId} conferenceId={conferenceId} />
  }
  if (login === undefined) return <StateMessage heading={1} title={refusal ?? 'One moment…'} />
  const seat = storedSeat()
  if (seat?.conferenceId === conferenceId) {
    return <FindingsPage key={conferenceId} conferenceId={conferenceId} token={seat.token} />
  }
  return login === null ? (
    <SignedOut />
  ) : (
    <FindingsPage key={conferenceId} conferenceId={conferenceId} />
  )
}
