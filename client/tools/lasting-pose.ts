import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { StageSpace } from '../scene/stage-space.ts'
import type { PointerAt, Stroke } from './tool.ts'

/** A drag of the volume: seen by everybody while it lasts, and a command when it is let go. */
export function lastingPose(space: StageSpace, poseAt: (at: PointerAt) => VolumePose): Stroke {
  return {
    move: (at) => space.draft({ drag: poseAt(at) }),
    end: (at) => {
      const { position, rotation, scale } = poseAt(at)
      const settled = space.session.command({
        type: 'setVolumePose',
        position: [...position],
        rotation: [...rotation],
        scale,
      })
      space.draft({ drag: { position, rotation, scale } }, settled)
    },
    cancel: () => space.draft(undefined),
  }
}
