import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { cross, dot, length, subtract } from '../../../shared/geometry/vector.ts'

/**
 * Whether a point is inside a box or within `margin` of its faces. `corners` are eight, as
 * `boxCorners` gives them (corner n differs from 0 by the axes of n's bits); the box may be sheared.
 */
export function isNearBox(corners: readonly Vec3[], point: Vec3, margin: number): boolean {
  const [origin, x, y, , z] = corners
  if (!origin || !x || !y || !z) return false
  const axes = [subtract(x, origin), subtract(y, origin), subtract(z, origin)] as const
  const away = subtract(point, origin)
  return axes.every((axis, n) => {
    const across = cross(axes[(n + 1) % 3] as Vec3, axes[(n + 2) % 3] as Vec3)
    const height = dot(axis, across) / length(across)
    const along = (dot(away, across) / length(across)) * Math.sign(height)
    return along >= -margin && along <= Math.abs(height) + margin
  })
}
