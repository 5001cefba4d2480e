import type { ToolId } from '../../scene/tool-id.ts'
import type { StrokeOf } from '../../tools/tool.ts'
import type { WorldRay, XrHand } from '../hands/xr-hand.ts'
import type { RoomSpace } from '../room-space.ts'

/** A hand that is seen and aims. */
export type AimingHand = XrHand & { readonly ray: WorldRay }

/**
 * From trigger to release. Exactly one of `end` and `cancel` is called, last, unless `onward` gave
 * a stroke that goes on without the trigger until the next press and release.
 */
export type HandStroke = StrokeOf<AimingHand>

/** What the active tool does in a hand in the room; none keeps anything between strokes. */
export interface HandTool {
  readonly id: ToolId
  /** As the wearer reads it beside the hand. */
  readonly name: string
  /** Its beam is drawn for the wearer, to what it would touch. */
  readonly aims: boolean
  begin(space: RoomSpace, hand: AimingHand): HandStroke | undefined
}
