import type { Quaternion } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length, subtract } from '../../shared/geometry/vector.ts'

/** World space. `curls` of a bare hand, as in HandSample. */
export interface TrackedPose {
  readonly position: Vec3
  readonly rotation: Quaternion
  readonly curls?: readonly number[] | undefined
}

interface Sample {
  readonly atMs: number
  readonly pose: TrackedPose
}

/** Two samples at 30 Hz: one that is late still comes in time. */
export const delayMs = 70
const jumpM = 0.5
/** A longer silence is not bridged: what comes after it begins anew. */
const silenceMs = 300
const mostSamples = 16

/**
 * One part of a body as it is drawn: a little late, so that it lies between two samples. It is never
 * where no sample has been or led to: after the last one it stays there. A jump is made at once.
 */
export class PoseTrack {
  #samples: Sample[] = []

  /** The latest sample, by when it came. */
  add(pose: TrackedPose, atMs: number): void {
    const last = this.#samples.at(-1)
    if (last && samePlace(last.pose, pose)) {
      // the same sample, told again with another part's news; a still hand needs no more than two
      const before = this.#samples.at(-2)
      if (before && samePlace(before.pose, pose)) this.#samples.pop()
    }
    if (last && atMs <= last.atMs) this.#samples.pop()
    this.#samples.push({ atMs, pose })
    if (this.#samples.length > mostSamples) this.#samples.shift()
  }

  /** Where it is drawn now; undefined before the first sample. */
  at(nowMs: number): TrackedPose | undefined {
    const wantedMs = nowMs - delayMs
    while ((this.#samples[1]?.atMs ?? Number.POSITIVE_INFINITY) <= wantedMs) this.#samples.shift()
    const [from, to] = this.#samples
    if (!from || !to || from.atMs >= wantedMs) return from?.pose
    const gapMs = to.atMs - from.atMs
    const far = length(subtract(to.pose.position, from.pose.position)) > jumpM
    if (far || gapMs > silenceMs) return from.pose
    return between(from.pose, to.pose, (wantedMs - from.atMs) / gapMs)
  }

  /** Whether it will be elsewhere in a later frame, without another sample. */
  moves(nowMs: number): boolean {
    const last = this.#samples.at(-1)
    return this.#samples.length > 1 && last !== undefined && last.atMs > nowMs - delayMs
  }
}

function samePlace(a: TrackedPose, b: TrackedPose): boolean {
  if (a === b) return true
  const alike = (c: readonly number[] = [], d: readonly number[] = []) =>
    c.length === d.length && c.every((value, n) => value === d[n])
  return alike(a.position, b.position) && alike(a.rotation, b.rotation) && alike(a.curls, b.curls)
}

function between(a: TrackedPose, b: TrackedPose, part: number): TrackedPose {
  const mix = (from: number, to: number) => from + (to - from) * part
  const [p, q] = [a.position, b.position]
  return {
    position: [mix(p[0], q[0]), mix(p[1], q[1]), mix(p[2], q[2])],
    rotation: slerp(a.rotation, b.rotation, part),
    curls: a.curls?.map((curl, n) => mix(curl, b.curls?.[n] ?? curl)) ?? b.curls,
  }
}

/** The shortest way between two turns. */
export function slerp(a: Quaternion, b: Quaternion, part: number): Quaternion {
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
  const sign = cosine < 0 ? -1 : 1
  const angle = Math.acos(Math.min(1, Math.abs(cosine)))
  const sine = Math.sin(angle)
  // so close together that the arc is a line
  const [ka, kb] =
    sine < 1e-4
      ? [1 - part, sign * part]
      : [Math.sin((1 - part) * angle) / sine, (sign * Math.sin(part * angle)) / sine]
  const mixed = [0, 1, 2, 3].map((n) => ka * (a[n] as number) + kb * (b[n] as number))
  const norm = Math.hypot(...mixed)
  return mixed.map((value) => value / norm) as unknown as Quaternion
}
