import { RejoinRefusedError } from '../../client/connection/room-connection.ts'
import type { JoinAnswer } from '../../client/connection/room-line.ts'

/** Statuses after which a page does not ask again. */
const final = [400, 401, 403, 404, 410]

export interface Way {
  /** What a page has in its address bar. */
  readonly origin: string
  /** The part of a join link behind #. */
  readonly invitation: string
  readonly displayName: string
}

/** The call that a page makes, first or again; throws RejoinRefusedError where there is no way. */
export async function joinByLink(way: Way, rejoin?: string): Promise<JoinAnswer> {
  const { origin, invitation, displayName } = way
  const response = await fetch(`${origin}/api/conferences/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invitation, displayName, ...(rejoin && { rejoin }) }),
  })
  const text = await response.text()
  if (final.includes(response.status)) throw new RejoinRefusedError(text)
  if (!response.ok) throw new Error(`joining: ${response.status} ${text}`)
  return JSON.parse(text) as JoinAnswer
}
