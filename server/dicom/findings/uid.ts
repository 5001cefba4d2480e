import { createHash } from 'node:crypto'

/**
 * A UID under 2.25 (PS3.5 B.2), a version-8 UUID of RFC 9562 made of ids of ours: the same ids give
 * the same UID, so that an object sent again is the same object.
 */
export function derivedUid(...ids: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(ids)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`
}
