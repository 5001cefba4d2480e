import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, length, scale, subtract } from '../../shared/geometry/vector.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { Stroke, Tool } from './tool.ts'

/** A dot on the tissue that was pressed. */
export const point: Tool = {
  id: 'point',
  drags: false,
  begin: (space) =>
    whenReleased(space, async (hit) => {
      await space.session.command({ type: 'addAnnotation', ...mark('point', [hit]) })
    }),
}

/** Words on the tissue that was pressed. */
export const text: Tool = {
  id: 'text',
  drags: false,
  begin: (space) =>
    whenReleased(space, async (hit) => {
      const words = (await space.askForText())?.trim()
      if (words) {
        await space.session.command({ type: 'addAnnotation', ...mark('text', [hit]), text: words })
      }
    }),
}

export const shortestArrowMm = 5

/** Press on what is meant and pull the tail out of it. */
export const arrow: Tool = {
  id: 'arrow',
  drags: false,
  begin(space, from) {
    if (!mayMark(space)) return undefined
    const head = space.firstVisible(space.patientRay(from.x, from.y))
    if (!head) {
      space.notice(nothingThere)
      return undefined
    }
    const preview = (tail: Vec3) => space.previewMark({ kind: 'arrow', pointsMm: [tail, head] })
    return {
      move: (at) => preview(tailAt(space, head, at)),
      end: (at) => {
        space.previewMark(undefined)
        const tail = tailAt(space, head, at)
        void space.session.command({ type: 'addAnnotation', ...mark('arrow', [tail, head]) })
      },
      cancel: () => space.previewMark(undefined),
    }
  },
}

export const nothingThere = 'There is no tissue here to mark: press on the volume.'

/** A new mark of the shown volume, as a command has it. */
export function mark<K extends 'point' | 'arrow' | 'text'>(kind: K, pointsMm: readonly Vec3[]) {
  return {
    annotationId: newAnnotationId(),
    kind,
    pointsMm,
  }
}

/** A press that becomes a mark when it is let go over tissue. */
function whenReleased(space: StageSpace, then: (hit: Vec3) => Promise<void>): Stroke | undefined {
  if (!mayMark(space)) return undefined
  return {
    move: () => undefined,
    end: ({ x, y }) => {
      const hit = space.firstVisible(space.patientRay(x, y))
      if (hit) void then(hit)
      else space.notice(nothingThere)
    },
    cancel: () => undefined,
  }
}

export function mayMark(space: Pick<StageSpace, 'session'>): boolean {
  return space.session.may('addAnnotation') === 'yes'
}

/** At the head's depth, or up and to the left where the pointer has hardly moved. */
function tailAt(space: StageSpace, head: Vec3, { x, y }: PointerAt): Vec3 {
  const { origin, direction } = space.patientRay(x, y)
  const forward = space.patient.directionToPatient(space.camera.forward)
  const depth = dot(subtract(head, origin), forward) / dot(direction, forward)
  const tail = add(origin, scale(direction, depth))
  if (length(subtract(tail, head)) >= shortestArrowMm) return tail
  const right = space.patient.directionToPatient(space.camera.right)
  const up = space.patient.directionToPatient(space.camera.up)
  return add(head, add(scale(right, -20), scale(up, 20)))
}

function newAnnotationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
