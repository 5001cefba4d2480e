import { largestScale, smallestScale } from '../../shared/conference/bounds.ts'
import type { VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { StageSpace } from '../scene/stage-space.ts'
import { lastingPose } from './lasting-pose.ts'
import type { Stroke, Tool } from './tool.ts'

/** A hundred pixels upwards are once and a half the size. */
const perPixel = 1.5 ** (1 / 100)

/** Upwards makes the volume larger for everybody; who does not lead comes nearer instead. */
export const scaling: Tool = {
  id: 'scale',
  drags: true,
  begin(space, from) {
    if (space.session.may('setVolumePose') !== 'yes') return nearer(space, from.y)
    const before = space.shown().pose
    return lastingPose(space, ({ y }) => resized(before, before.scale * perPixel ** (from.y - y)))
  },
}

/** Around its own centre, within the bounds of a volume's size. */
export function resized(pose: VolumePose, scale: number): VolumePose {
  return { ...pose, scale: Math.min(largestScale, Math.max(smallestScale, scale)) }
}

function nearer(space: StageSpace, fromY: number): Stroke {
  let last = fromY
  const move = ({ y }: { y: number }) => {
    space.camera.dolly(perPixel ** (y - last))
    last = y
  }
  return { move, end: move, cancel: () => undefined }
}
