import type { Vec3 } from './transform.ts'
import { cross, normalize, scale } from './vector.ts'

/** Unit quaternion [x, y, z, w]; a right-handed turn. */
export type Quaternion = readonly [number, number, number, number]

export const noTurn: Quaternion = [0, 0, 0, 1]

/** `turn` radians about `axis`, counter-clockwise when the axis points at you. */
export function turnAbout(axis: Vec3, turn: number): Quaternion {
  const [x, y, z] = scale(normalize(axis), Math.sin(turn / 2))
  return [x, y, z, Math.cos(turn / 2)]
}

/** First `b`, then `a`. */
export function multiply(a: Quaternion, b: Quaternion): Quaternion {
  return [
    a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
    a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
    a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
    a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
  ]
}

export function rotate(q: Quaternion, v: Vec3): Vec3 {
  const axis: Vec3 = [q[0], q[1], q[2]]
  const t = scale(cross(axis, v), 2)
  const u = cross(axis, t)
  return [v[0] + q[3] * t[0] + u[0], v[1] + q[3] * t[1] + u[1], v[2] + q[3] * t[2] + u[2]]
}

/** Throws a RangeError on the zero quaternion. */
export function unit(q: Quaternion): Quaternion {
  const norm = Math.hypot(...q)
  if (!(norm > 0)) throw new RangeError('the zero quaternion is no rotation')
  return [q[0] / norm, q[1] / norm, q[2] / norm, q[3] / norm]
}

/** Of a unit quaternion: the turn back. */
export const inverse = ([x, y, z, w]: Quaternion): Quaternion => [-x, -y, -z, w]
