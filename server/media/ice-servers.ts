import { createHmac } from 'node:crypto'
import type { IceServer } from '../../shared/protocol/media.ts'
import type { TurnConfig } from '../config/turn-config.ts'

/** Longer than a conference; who keeps one cannot use the relay the next day. */
const lifetimeS = 12 * 60 * 60

/**
 * The relay with credentials of one participant's own, which it accepts until they expire: coturn's
 * `use-auth-secret` (draft-uberti-behave-turn-rest-00). Empty without a relay.
 */
export function iceServersFor(
  turn: TurnConfig | undefined,
  participantId: string,
  nowMs: number,
): IceServer[] {
  if (!turn) return []
  const username = `${Math.floor(nowMs / 1000) + lifetimeS}:${participantId}`
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
  return [{ urls: [...turn.urls], username, credential }]
}
