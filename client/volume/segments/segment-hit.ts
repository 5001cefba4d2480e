import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, normalize, scale, subtract } from '../../../shared/geometry/vector.ts'
import { type ClippingPlane, stretchOnKeptSide } from '../../../shared/volume/sampling.ts'
import type { SegmentSurface } from '../../../shared/volume/surface-label.ts'
import { firstMeeting } from '../../../shared/volume/surface-tree.ts'

/** What of a segment can be pointed at. */
export interface PointedSegment {
  readonly volumeId: string
  readonly label: { readonly labelId: string; readonly name: string }
  readonly surface: Pick<SegmentSurface, 'positions' | 'indices' | 'tree'>
  readonly movedMm: { readonly x: number; readonly y: number; readonly z: number }
}

export interface SegmentHit {
  readonly volumeId: string
  readonly labelId: string
  readonly name: string
  /** Where it is seen, patient mm: where a laser ends. */
  readonly pointMm: Vec3
  /** The same place of the patient, wherever the segment has been moved: what a mark keeps. */
  readonly anatomyMm: Vec3
  /** From the ray's origin to `pointMm`. */
  readonly distanceMm: number
}

/** The foremost segment on a ray, as the picture shows it: cuts have lids. */
export function firstSegmentHit(
  segments: readonly PointedSegment[],
  cuts: readonly ClippingPlane[],
  originMm: Vec3,
  towards: Vec3,
): SegmentHit | undefined {
  const direction = normalize(towards)
  const kept = stretchOnKeptSide(originMm, direction, cuts, { from: 0, to: Infinity })
  if (!kept) return undefined
  let found: SegmentHit | undefined
  for (const { volumeId, label, surface, movedMm } of segments) {
    const moved: Vec3 = [movedMm.x, movedMm.y, movedMm.z]
    const origin = subtract(originMm, moved)
    const meeting = firstMeeting(surface, surface.tree, origin, direction, {
      from: kept.from,
      to: Infinity,
    })
    if (!meeting) continue
    // Who comes out first was inside where the cut is; an eye inside sees the wall.
    const at = !meeting.entering && kept.from > 0 ? kept.from : meeting.at
    if (at > kept.to || at >= (found?.distanceMm ?? Infinity)) continue
    const anatomyMm = add(origin, scale(direction, at))
    found = {
      volumeId,
      labelId: label.labelId,
      name: label.name,
      pointMm: add(anatomyMm, moved),
      anatomyMm,
      distanceMm: at,
    }
  }
  return found
}
