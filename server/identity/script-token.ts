import type { InstallationRole } from './actor.ts'
import { signToken } from './tokens.ts'

const usualLifetimeMs = 30 * 24 * 3_600_000

/** A bearer token for scripts, good for 30 days unless told otherwise. */
export function scriptToken(
  secretKey: Uint8Array,
  { role, name }: { role: InstallationRole; name: string },
  nowMs: number,
  lifetimeMs = usualLifetimeMs,
): string {
  return signToken(secretKey, { purpose: 'api', role, name, expiresAtMs: nowMs + lifetimeMs })
}
