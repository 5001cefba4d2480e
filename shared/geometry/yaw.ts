import { type Quaternion, rotate } from './quaternion.ts'

/** About world y; 0 looks along −z. A head that looks straight up or down goes by its crown. */
export function yawOf(rotation: Quaternion): number {
  const [x, y, z] = rotate(rotation, [0, 0, -1])
  if (Math.hypot(x, z) > 0.1) return Math.atan2(-x, -z)
  const [ux, , uz] = rotate(rotation, [0, y > 0 ? -1 : 1, 0])
  return Math.atan2(-ux, -uz)
}
