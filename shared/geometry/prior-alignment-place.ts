import type { Alignment } from './prior-alignment.ts'
import { multiply, type Quaternion, unit } from './quaternion.ts'
import { transformPoint, type Vec3 } from './transform.ts'
import { add } from './vector.ts'
import { type VolumePose, worldFromPatient } from './volume-pose.ts'

/** Of the wider of two boxes: what stands beside it is clear of it, however they are turned. */
const clearance = 1.15

interface Standing {
  readonly pose: VolumePose
  /** Middles of the two boxes, each in its own patient space, mm. */
  readonly shownMiddleMm: Vec3
  readonly priorMiddleMm: Vec3
  readonly alignment: Alignment
  /** To the right of whoever stands at the opening place, mm of the patient; 0: in one place. */
  readonly asideMm: number
}

/**
 * The prior's own pose in the room: of the same size, turned as the shown volume is and aligned to
 * it. Beside it, it stands along the room's x, not along an axis of the volume, so that both turn
 * about their own middles and show the same side.
 */
export function priorPose(standing: Standing): VolumePose {
  const { pose, shownMiddleMm, priorMiddleMm, alignment, asideMm } = standing
  const middleMm = add(priorMiddleMm, alignment.translationMm)
  const middle = transformPoint(worldFromPatient(pose, shownMiddleMm), middleMm)
  return {
    position: add(middle, [0.001 * pose.scale * asideMm, 0, 0]),
    rotation: unit(multiply(pose.rotation, inWorldAxes(alignment.rotation))),
    scale: pose.scale,
  }
}

/** How far aside two boxes stand, by their corners: horizontal extents count, along L and P. */
export function asideOf(boxes: readonly (readonly Vec3[])[]): number {
  const widths = boxes.flatMap((corners) =>
    ([0, 1] as const).map((axis) => {
      const along = corners.map((corner) => corner[axis])
      return along.length > 0 ? Math.max(...along) - Math.min(...along) : 0
    }),
  )
  return clearance * Math.max(0, ...widths)
}

/** A turn of the patient's axes as one of the world's: x = left, y = head, z = anterior. */
const inWorldAxes = ([x, y, z, w]: Quaternion): Quaternion => [x, z, -y, w]
