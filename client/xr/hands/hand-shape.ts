import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { dot, length, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { jointStride } from './hand-joints.ts'

type Curls = readonly [number, number, number, number, number]

/** First joint and number of joints of thumb to little finger, in the order of `jointNames`. */
const fingers = [
  [1, 4],
  [5, 5],
  [10, 5],
  [15, 5],
  [20, 5],
] as const
/** How far a finger's bones turn against each other when it is closed, radians in all. */
const closedThumb = 1.4
const closedFinger = 3.6
const thumbTip = 4
export const indexTip = 9

const fistAt = 0.75
const openAgainAt = 0.6
const pinchM = 0.015
const unpinchM = 0.03

/** How closed each finger is, thumb first: 0 stretched out, 1 closed. `joints` as XrHand has them. */
export function curlsOf(joints: Float32Array): Curls {
  const [thumb, index, middle, ring, little] = fingers
  const curl = ([first, count]: readonly [number, number], closed: number) =>
    Math.min(1, bend(joints, first, count) / closed)
  return [
    curl(thumb, closedThumb),
    curl(index, closedFinger),
    curl(middle, closedFinger),
    curl(ring, closedFinger),
    curl(little, closedFinger),
  ]
}

/** Between the tips of thumb and index finger; it lets go later than it takes hold. */
export function pinches(joints: Float32Array, before: boolean): boolean {
  const gap = length(subtract(placeOf(joints, thumbTip), placeOf(joints, indexTip)))
  return gap < (before ? unpinchM : pinchM)
}

/** All four fingers closed, whatever the thumb does. */
export function isFist([, ...four]: Curls, before: boolean): boolean {
  return four.every((curl) => curl > (before ? openAgainAt : fistAt))
}

export function placeOf(joints: Float32Array, joint: number): Vec3 {
  const at = joint * jointStride
  return [joints[at] as number, joints[at + 1] as number, joints[at + 2] as number]
}

/** The wrist, joint 0 of WebXR Hand Input. */
export function wristOf([
  x = 0,
  y = 0,
  z = 0,
  qx = 0,
  qy = 0,
  qz = 0,
  qw = 1,
]: Float32Array): WorldPose {
  return { position: [x, y, z], rotation: [qx, qy, qz, qw] }
}

function bend(joints: Float32Array, first: number, count: number): number {
  let sum = 0
  for (let n = first + 1; n < first + count - 1; n++) {
    const before = subtract(placeOf(joints, n), placeOf(joints, n - 1))
    const after = subtract(placeOf(joints, n + 1), placeOf(joints, n))
    const product = length(before) * length(after)
    if (product > 0) sum += Math.acos(Math.min(1, Math.max(-1, dot(before, after) / product)))
  }
  return sum
}
