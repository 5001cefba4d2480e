import type { Vec3 } from '../geometry/transform.ts'
import { reachOf } from './brick-codes.ts'

/**
 * Which of the six neighbours of each brick are of its own kind: bits 0 and 1 for those before and
 * after it along x, 2 and 3 along y, 4 and 5 along z. A ray that leaves the brick there goes on
 * through one more. Said where the reach is 1; farther ones have neighbours like them all around, and
 * are 0. Writes the second of each pair of bytes.
 */
export function writeFaces(
  pairs: Uint8Array,
  kinds: Uint8Array,
  codes: Uint8Array,
  [ni, nj, nk]: Vec3,
): void {
  const slice = ni * nj
  for (let k = 0, n = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, n++) {
        let faces = 0
        if (reachOf(codes[n] as number) === 1) {
          const kind = kinds[n]
          if (i > 0 && kinds[n - 1] === kind) faces |= 1
          if (i < ni - 1 && kinds[n + 1] === kind) faces |= 2
          if (j > 0 && kinds[n - ni] === kind) faces |= 4
          if (j < nj - 1 && kinds[n + ni] === kind) faces |= 8
          if (k > 0 && kinds[n - slice] === kind) faces |= 16
          if (k < nk - 1 && kinds[n + slice] === kind) faces |= 32
        }
        pairs[2 * n + 1] = faces
      }
    }
  }
}
