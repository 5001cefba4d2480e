import type { Net } from './surface-nets.ts'

/** Taubin 1995: a step in, a slightly longer step out, so that what is round hardly shrinks. */
const inward = 0.5
const outward = -0.53
const rounds = 8

/** Moves each corner towards the middle of its neighbours, never out of its own cell. */
export function relax({ corners, cells, quads }: Net): void {
  const sums = new Float64Array(corners.length)
  const counts = new Uint16Array(corners.length / 3)
  for (let n = 0; n < quads.length; n++) counts[quads[n]!]! += 2
  for (let round = 0; round < rounds; round++) {
    for (const share of [inward, outward]) {
      sums.fill(0)
      for (let n = 0; n < quads.length; n += 4) {
        for (let side = 0; side < 4; side++) {
          const a = 3 * quads[n + side]!
          const b = 3 * quads[n + ((side + 1) & 3)]!
          for (let axis = 0; axis < 3; axis++) {
            sums[a + axis]! += corners[b + axis]!
            sums[b + axis]! += corners[a + axis]!
          }
        }
      }
      for (let n = 0; n < corners.length; n++) {
        const now = corners[n]!
        const middle = sums[n]! / counts[(n / 3) | 0]!
        const cell = cells[n]!
        corners[n] = Math.min(Math.max(now + share * (middle - now), cell), cell + 1)
      }
    }
  }
}
