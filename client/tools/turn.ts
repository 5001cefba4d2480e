import { multiply, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import { lastingPose } from './lasting-pose.ts'
import { orbit, radiansPerPixel } from './orbit.ts'
import type { Tool } from './tool.ts'

/** Turns the volume for everybody; who does not lead goes around it instead. */
export const turn: Tool = {
  id: 'turn',
  drags: true,
  begin(space, from) {
    if (space.session.may('setVolumePose') !== 'yes') return orbit(space, from)
    const before = space.shown().pose
    return lastingPose(space, (at) => turned(space, before, from, at))
  },
}

function turned(space: StageSpace, pose: VolumePose, from: PointerAt, at: PointerAt): VolumePose {
  const about = turnAbout(space.camera.up, (at.x - from.x) * radiansPerPixel)
  const over = turnAbout(space.camera.right, (at.y - from.y) * radiansPerPixel)
  return { ...pose, rotation: multiply(about, multiply(over, pose.rotation)) }
}
