import { inverse, rotate } from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { WorldRay } from '../hands/xr-hand.ts'

/** A point as its panel sees it: mm from its top left, and metres before its front. */
export interface OnPanel {
  readonly xMm: number
  readonly yMm: number
  readonly beforeM: number
}

export interface PanelSize {
  readonly widthMm: number
  readonly heightMm: number
}

/** A panel's pose is its middle; it is read from its +z side. */
export function onPanel(point: Vec3, pose: WorldPose, size: PanelSize): OnPanel {
  const [x, y, z] = rotate(inverse(pose.rotation), subtract(point, pose.position))
  return { xMm: size.widthMm / 2 + 1000 * x, yMm: size.heightMm / 2 - 1000 * y, beforeM: z }
}

export const within = ({ xMm, yMm }: OnPanel, { widthMm, heightMm }: PanelSize): boolean =>
  xMm >= 0 && yMm >= 0 && xMm <= widthMm && yMm <= heightMm

/** Where a ray meets the panel's front; undefined beside it, from behind, and along it. */
export function rayOnPanel(
  { origin, direction }: WorldRay,
  pose: WorldPose,
  size: PanelSize,
): { readonly at: OnPanel; readonly distanceM: number } | undefined {
  const from = onPanel(origin, pose, size)
  const [dx, dy, dz] = rotate(inverse(pose.rotation), direction)
  if (from.beforeM <= 0 || dz > -1e-6) return undefined
  const distanceM = -from.beforeM / dz
  const at = {
    xMm: from.xMm + 1000 * dx * distanceM,
    yMm: from.yMm - 1000 * dy * distanceM,
    beforeM: 0,
  }
  return within(at, size) ? { at, distanceM } : undefined
}
