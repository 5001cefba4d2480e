import { mayPoint } from '../../../shared/conference/permissions.ts'
import type { SliceAt, SliceSpace, SliceTool } from '../slice-space.ts'
import { infrontOf } from './slice-easel.ts'

/** The beam that others see comes from the side that one looks from. */
const beamMm = 150

/** Points at a place of the slice, for everybody the same, in 3D too. */
export const laser: SliceTool = {
  begin(space, at) {
    point(space, at)
    const stop = () => space.showLaser(undefined)
    return { move: (next) => point(space, next), end: stop, cancel: stop }
  },
  hover: point,
  away: (space) => space.showLaser(undefined),
}

function point(space: SliceSpace, at: SliceAt): void {
  if (!mayPoint(space.session.getSnapshot().me.role)) return
  const end = space.pointAt(at)
  space.showLaser({ origin: infrontOf(space.plane(), end, beamMm), end, touches: true })
}
