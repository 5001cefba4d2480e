import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import { lasting } from './lasting.ts'
import type { Stroke } from './tool.ts'

/** A drag of the volume: seen by everybody while it lasts, and a command when it is let go. */
export function lastingPose(space: StageSpace, poseAt: (at: PointerAt) => VolumePose): Stroke {
  return {
    move: (at) => space.draft({ drag: poseAt(at) }),
    end: (at) => {
      const drag = poseAt(at)
      lasting(space, { drag }, { type: 'setVolumePose', ...drag })
    },
    cancel: () => space.draft(undefined),
  }
}
