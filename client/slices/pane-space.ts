import { transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { SlicePane } from './slice-pane.ts'
import type { SliceSpace } from './slice-space.ts'

/** What a tool sees of a pane; undefined while there is nothing to see. */
export function spaceOf(pane: SlicePane): SliceSpace | undefined {
  const { station, source } = pane
  const { volume } = station.getNow()
  if (!volume || !source || !pane.frame) return undefined
  const { session, say, askForText, showLaser } = station.parts
  const frame = () => pane.frame ?? first
  const first = pane.frame
  const { voxels, alignment } = source
  const to = alignment?.thisFromPatient
  const there = (pointMm: Vec3) => (to ? transformPoint(to, pointMm) : pointMm)
  return {
    session,
    volume,
    plane: () => frame().plane(),
    pointAt: (at) => frame().pointAt(at),
    region: (outlineMm) => voxels.region(outlineMm.map(there)),
    valueAt: (pointMm) => voxels.valueAt(there(pointMm)),
    preview: (mark) => station.setPreview(mark),
    showLaser,
    askForText,
    notice: say,
  }
}
