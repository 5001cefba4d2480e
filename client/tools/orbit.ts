import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { Stroke } from './tool.ts'

export const radiansPerPixel = 0.008

/** One's own camera goes around what it looks at: the picture follows the pointer. */
export function orbit(space: StageSpace, from: PointerAt): Stroke {
  return cameraStroke(from, (dx, dy) => {
    space.camera.orbit(-dx * radiansPerPixel, -dy * radiansPerPixel)
  })
}

/** One's own camera shifts: the picture follows the pointer. */
export function pan(space: StageSpace, from: PointerAt): Stroke {
  return cameraStroke(from, (dx, dy) => space.camera.pan(dx, dy, space.viewport()))
}

/** A camera stays where it was brought, also where the stroke was broken off. */
function cameraStroke(from: PointerAt, moved: (dx: number, dy: number) => void): Stroke {
  let last = from
  const move = (at: PointerAt) => {
    moved(at.x - last.x, at.y - last.y)
    last = at
  }
  return { move, end: move, cancel: () => undefined }
}
