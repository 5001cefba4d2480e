import type { JoinAnswer } from '../connection/room-line.ts'
import { ConferenceClient } from './conference-client.ts'
import type { ConferenceSession } from './conference-session.ts'

export { RejoinRefusedError } from '../connection/room-connection.ts'
export type { JoinAnswer } from '../connection/room-line.ts'

/**
 * Takes the seat that `joined` reserved. `rejoin` fetches another for the same participant whenever
 * the line was lost; it throws RejoinRefusedError where that is over, anything else to be asked again.
 */
export function joinConference(options: {
  origin: string
  joined: JoinAnswer
  displayName: string
  rejoin: () => Promise<JoinAnswer>
}): Promise<ConferenceSession> {
  return ConferenceClient.join(options)
}
