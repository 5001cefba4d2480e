import { createHash } from 'node:crypto'
import { canonicalState } from '../../shared/conference/durable.ts'
import type { ConferenceState } from '../../shared/conference/state.ts'

/** SHA-256, hex, of the durable state's RFC 8785 JSON. */
export function stateHash(state: ConferenceState): string {
  return createHash('sha256').update(canonicalState(state)).digest('hex')
}
