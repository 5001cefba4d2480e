import type { SlicePlane } from '../../../shared/volume/slice.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import type { StrokeOf } from '../../tools/tool.ts'
import type { SliceAt, SliceSpace, SliceStroke, SliceTool } from '../slice-space.ts'
import { samePlane } from './slice-easel.ts'

type Draw = (space: SliceSpace, at: SliceAt) => StrokeOf<SliceAt> | undefined

interface Begun {
  readonly tool: ToolId
  readonly plane: SlicePlane
  readonly stroke: StrokeOf<SliceAt>
}

/** One person draws one thing at a time. */
const begun = new WeakMap<ConferenceSession, Begun>()

/**
 * A tool whose drawing may go on from one press to the next, as the second end of a length, in the
 * slice in which it was begun; it stays in sight until then. Another tool or another slice drops it.
 */
export function goingOn(tool: ToolId, draw: Draw): SliceTool {
  return {
    begin(space, at) {
      const held = take(space, tool)
      held?.move(at)
      const stroke = held ?? draw(space, at)
      return stroke && untilReleased(space, tool, stroke)
    },
    hover(space, at) {
      const held = take(space, tool)
      if (!held) return
      keep(space, tool, held)
      held.move(at)
    },
  }
}

/** Escape, or another tool: true where something was begun. */
export function breakOff(session: ConferenceSession): boolean {
  begun.get(session)?.stroke.cancel()
  return begun.delete(session)
}

function take(space: SliceSpace, tool: ToolId): StrokeOf<SliceAt> | undefined {
  const held = begun.get(space.session)
  if (held?.tool === tool && samePlane(held.plane, space.plane())) {
    begun.delete(space.session)
    return held.stroke
  }
  breakOff(space.session)
  return undefined
}

function keep(space: SliceSpace, tool: ToolId, stroke: StrokeOf<SliceAt>): void {
  begun.set(space.session, { tool, plane: space.plane(), stroke })
}

function untilReleased(space: SliceSpace, tool: ToolId, stroke: StrokeOf<SliceAt>): SliceStroke {
  return {
    move: (at) => stroke.move(at),
    end: (at) => {
      const next = stroke.onward?.(at)
      if (next) keep(space, tool, next)
      else stroke.end(at)
    },
    cancel: () => stroke.cancel(),
  }
}
