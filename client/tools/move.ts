import { add, scale } from '../../shared/geometry/vector.ts'
import { lastingPose } from './lasting-pose.ts'
import { pan } from './orbit.ts'
import type { Tool } from './tool.ts'

/** Moves the volume across the view for everybody; who does not lead moves their own camera. */
export const move: Tool = {
  id: 'move',
  drags: true,
  begin(space, from) {
    if (space.session.may('setVolumePose') !== 'yes') return pan(space, from)
    const before = space.shown().pose
    const { right, up } = space.camera
    return lastingPose(space, (at) => {
      const metres = space.camera.metresPerPixel(space.viewport())
      const across = scale(right, (at.x - from.x) * metres)
      const upwards = scale(up, (from.y - at.y) * metres)
      return { ...before, position: add(before.position, add(across, upwards)) }
    })
  },
}
