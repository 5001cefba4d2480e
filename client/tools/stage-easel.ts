import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, scale, subtract } from '../../shared/geometry/vector.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import { type Easel, nearby, previewing } from './easel.ts'

/** Draws on the tissue that is seen; beside it, across the view at the depth of what was begun. */
export function stageEasel(space: StageSpace): Easel<PointerAt> {
  return {
    session: space.session,
    pointAt: (at, depth) => {
      const hit = space.firstVisible(space.patientRay(at.x, at.y))
      return hit ?? (depth && atDepthOf(space, depth, at))
    },
    pixelsTo: ({ x, y }, pointMm) => {
      const seen = space.camera.project(space.patient.toWorld(pointMm), space.viewport())
      return seen && Math.hypot(seen.x - x, seen.y - y)
    },
    still: nearby,
    preview: previewing(space.session, (mark) => space.previewMark(mark)),
    values: () => space.values?.(),
    notice: (text) => space.notice(text),
  }
}

/** Where a pointer meets the plane across the view that a point lies in. */
export function atDepthOf(space: StageSpace, pointMm: Vec3, { x, y }: PointerAt): Vec3 {
  const { origin, direction } = space.patientRay(x, y)
  const forward = space.patient.directionToPatient(space.camera.forward)
  const depth = dot(subtract(pointMm, origin), forward) / dot(direction, forward)
  return add(origin, scale(direction, depth))
}
