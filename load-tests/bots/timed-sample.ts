import type { PoseSample } from '../../shared/protocol/pose-sample.ts'

/** Float32 tells times below this apart to 4 µs, and no laser may end further away than 100 m. */
const periodMs = 65_536

/** A laser whose end tells when it was sent (x) and in which round of a bench (y). */
export function timedSample(sentAtMs: number, round: number, rest: PoseSample = {}): PoseSample {
  const end = [sentAtMs % periodMs, round, 0] as const
  return { ...rest, laser: { origin: [0, 0, 0], end, touches: true } }
}

/** How long ago it was sent; undefined of a sample of another round, or without a laser. */
export function ageMs({ laser }: PoseSample, nowMs: number, round: number): number | undefined {
  if (laser?.end[1] !== round) return undefined
  return (((nowMs - laser.end[0]) % periodMs) + periodMs) % periodMs
}
