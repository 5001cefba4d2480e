import type { SlicePane } from './slice-pane.ts'
import type { SliceSpace } from './slice-space.ts'

/** What a tool sees of a pane; undefined while there is nothing to see. */
export function spaceOf(pane: SlicePane): SliceSpace | undefined {
  const { station } = pane
  const { volume, shown } = station.getNow()
  if (!volume || !shown || !pane.source || !pane.frame) return undefined
  const { session, say, askForText, showLaser } = station.parts
  const frame = () => pane.frame ?? first
  const first = pane.frame
  const { voxels } = shown
  return {
    session,
    volume,
    ofPrior: pane.shows === 'prior',
    plane: () => frame().plane(),
    pointAt: (at) => frame().pointAt(at),
    region: (outlineMm) => voxels.region(outlineMm),
    valueAt: (pointMm) => voxels.valueAt(pointMm),
    preview: (mark) => station.setPreview(mark),
    showLaser,
    askForText,
    notice: say,
  }
}
