import { z } from 'zod'
import type { Quaternion } from '../geometry/quaternion.ts'
import type { Vec3 } from '../geometry/transform.ts'
import type { Projection } from '../volume/slice.ts'
import type { CurvePoint } from '../volume/transfer-function.ts'

/** How the shared volume is looked at, beyond window and preset. */

/** The slices beside the volume: all pass through the crosshair. */
export interface Slicing {
  /** Patient mm; undefined: the middle of the volume. */
  readonly crosshairMm: Vec3 | undefined
  /** 0: one plane. */
  readonly slabMm: number
  readonly projection: Projection
  /** Turns the axial plane (right = patient left, down = posterior) into the oblique one. */
  readonly obliqueRotation: Quaternion
}

/** A box along the patient's axes, patient mm: what lies outside is not shown while it is enabled. */
export interface CropBox {
  readonly minMm: Vec3
  readonly maxMm: Vec3
  readonly enabled: boolean
}

/** A label map of a volume, as it is shown; one that is not listed is hidden. */
export interface SegmentLook {
  readonly volumeId: string
  readonly labelId: string
  readonly visible: boolean
  readonly opacity: number
}

/**
 * Another volume of the case to compare with. Where both lie in one frame of reference
 * `alignment` is `frame-of-reference` and the two transforms are the identity; else it was done by
 * hand: `p = rotation · (q − pivot) + pivot + translation`, q in the prior's patient space, p in the
 * shown volume's, pivot the middle of the prior.
 */
export interface Prior {
  readonly volumeId: string
  readonly arrangement: 'beside' | 'blended'
  /** The prior's share of a blended picture, 0…1. */
  readonly blend: number
  readonly alignment: 'frame-of-reference' | 'by-hand'
  readonly translationMm: Vec3
  readonly rotation: Quaternion
  /** Whose hand it was; '' while the prior lies middle on middle as nobody has aligned it. */
  readonly alignedBy: string
}

/** Over the window; empty: the preset's own. */
export type Curve = readonly CurvePoint[]
export const mostCurvePoints = 32
export const mostSegmentsAtOnce = 256
export const thickestSlabMm = 200

const share = z.number().min(0).max(1)

export const curve = z
  .array(
    z.strictObject({
      at: z.number().min(-4).max(5),
      r: share,
      g: share,
      b: share,
      opacity: share,
    }),
  )
  .max(mostCurvePoints)
  .refine((points) => points.length !== 1, 'a curve has two points at least, or none')
  .refine(
    (points) => points.every(({ at }, n) => n === 0 || at >= (points[n - 1]?.at ?? at)),
    'the points of a curve ascend',
  )
  .readonly()
