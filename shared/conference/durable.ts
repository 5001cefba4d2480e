import canonicalize from 'canonicalize'
import type { ConferenceState } from './state.ts'

/** The state that the log remembers, in the commands' own field names. */
export function durableState(state: ConferenceState): Record<string, unknown> {
  const { participants: _, ...durable } = state.toJSON() as Record<string, unknown>
  return durable
}

/** RFC 8785 JSON of the durable state; the state hash is the SHA-256 of its UTF-8, in hex. */
export function canonicalState(state: ConferenceState): string {
  const text = canonicalize(durableState(state))
  if (text === undefined) throw new TypeError('the durable state is not JSON')
  return text
}
