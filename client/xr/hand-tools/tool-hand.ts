import type { ToolId } from '../../scene/tool-id.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import type { RoomSpace } from '../room-space.ts'
import type { AimingHand, HandStroke, HandTool } from './hand-tool.ts'
import { handTools } from './hand-tool-table.ts'

interface Stroking {
  readonly tool: ToolId
  readonly side: Side
  readonly kind: XrHand['kind']
  readonly stroke: HandStroke
  /** Without the trigger: a stroke that goes on waits for its next press. */
  waits: boolean
  last: AimingHand
  seenAtMs: number
}

/** A hand that is not seen for longer has let go of its tool; nothing of it lasts. */
const unseenMs = 500

/**
 * The hand with the active tool: the right one, or the left where it is the only one. Its trigger
 * begins a stroke, and its release ends it or lets it go on to the next press; a grab with that hand
 * or another tool breaks it off.
 */
export class ToolHand {
  readonly #space: RoomSpace
  #stroking: Stroking | undefined
  #pressed = new Set<Side>()

  constructor(space: RoomSpace) {
    this.#space = space
  }

  get tool(): HandTool {
    return handTools[this.#space.host.tool()]
  }

  get strokes(): boolean {
    return this.#stroking !== undefined && !this.#stroking.waits
  }

  /** `busy` are hands whose trigger belongs to a menu, or that hold the volume. */
  frame(hands: readonly XrHand[], busy: ReadonlySet<Side>, nowMs: number): void {
    if (this.#stroking?.waits) this.#wait(this.#stroking, hands, busy)
    else if (this.#stroking) this.#goOn(this.#stroking, hands, nowMs)
    else this.#begin(toolHand(hands), busy, nowMs)
    this.#pressed = new Set(hands.filter(({ trigger }) => trigger).map(({ side }) => side))
  }

  drop(): void {
    this.#stroking?.stroke.cancel()
    this.#stroking = undefined
  }

  #begin(hand: XrHand | undefined, busy: ReadonlySet<Side>, nowMs: number): void {
    if (!hand || !aims(hand) || !hand.trigger) return
    if (this.#pressed.has(hand.side) || busy.has(hand.side)) return
    const stroke = this.tool.begin(this.#space, hand)
    if (!stroke) return
    const { side, kind } = hand
    this.#stroking = {
      tool: this.tool.id,
      side,
      kind,
      stroke,
      waits: false,
      last: hand,
      seenAtMs: nowMs,
    }
  }

  #goOn(stroking: Stroking, hands: readonly XrHand[], nowMs: number): void {
    const hand = hands.find(({ side }) => side === stroking.side)
    const closed = hand?.kind === 'hand' && hand.squeeze
    if (stroking.tool !== this.tool.id || closed) this.drop()
    else if (hand && aims(hand)) {
      stroking.last = hand
      stroking.seenAtMs = nowMs
      if (hand.trigger) stroking.stroke.move(hand)
      else this.#end(stroking)
    } else if (stroking.kind === 'gaze') {
      // it is gone when its pinch is: that is its release
      this.#end(stroking)
    } else if (nowMs - stroking.seenAtMs > unseenMs) this.drop()
  }

  /** The stroke follows the ray until it is pressed again; elsewhere it keeps still. */
  #wait(stroking: Stroking, hands: readonly XrHand[], busy: ReadonlySet<Side>): void {
    const hand = hands.find(({ side }) => side === stroking.side)
    if (stroking.tool !== this.tool.id) this.drop()
    if (stroking.tool !== this.tool.id || !hand || !aims(hand) || busy.has(hand.side)) return
    stroking.last = hand
    stroking.stroke.move(hand)
    if (hand.trigger && !this.#pressed.has(hand.side)) stroking.waits = false
  }

  #end({ stroke, last, ...stroking }: Stroking): void {
    const next = stroke.onward?.(last)
    this.#stroking = next && { ...stroking, stroke: next, last, waits: true }
    if (!next) stroke.end(last)
  }
}

export function toolHand(hands: readonly XrHand[]): XrHand | undefined {
  return hands.find(({ side }) => side === 'right') ?? hands[0]
}

export function aims(hand: XrHand): hand is AimingHand {
  return hand.ray !== undefined
}
