import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, dot, scale } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { Ray } from '../../scene/own-camera.ts'
import type { PaneFrame, PaneSize } from '../../slices/pane-frame.ts'
import type { SliceAt } from '../../slices/slice-space.ts'
import type { WorldRay } from '../hands/xr-hand.ts'
import { onPanel } from '../panel/panel-hit.ts'
import { metresPerPx, sheetPx } from './slice-sheet.ts'

/** Where a ray goes through the plane of the sheet: also beside it. */
export interface OnPlane {
  readonly at: SliceAt
  /** In the ray's own unit. */
  readonly distance: number
}

const sheetMm = {
  widthMm: 1000 * metresPerPx * sheetPx.width,
  heightMm: 1000 * metresPerPx * sheetPx.height,
}

/** On the sheet in the hand, from the side it is read from; metres. */
export function onSheet({ origin, direction }: WorldRay, pose: WorldPose): OnPlane | undefined {
  const from = onPanel(origin, pose, sheetMm)
  const ahead = onPanel(add(origin, direction), pose, sheetMm)
  const nearing = from.beforeM - ahead.beforeM
  if (from.beforeM <= 0 || nearing < 1e-6) return undefined
  const distance = from.beforeM / nearing
  const at = (a: number, b: number) => (a + (b - a) * distance) / 1000 / metresPerPx
  return { at: { x: at(from.xMm, ahead.xMm), y: at(from.yMm, ahead.yMm) }, distance }
}

/** On the slice where it lies in the patient, from either side; mm. */
export function onSlice({ origin, direction }: Ray, frame: PaneFrame): OnPlane | undefined {
  const nearing = dot(frame.axes.normal, direction)
  if (Math.abs(nearing) < 1e-6) return undefined
  const distance = -frame.depthOf(origin) / nearing
  if (distance <= 0) return undefined
  const point: Vec3 = add(origin, scale(direction, distance))
  return { at: frame.placeOf(point), distance }
}

export const within = ({ x, y }: SliceAt, { width, height }: PaneSize): boolean =>
  x >= 0 && y >= 0 && x < width && y < height
