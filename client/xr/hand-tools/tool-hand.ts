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
  last: AimingHand
  seenAtMs: number
}

/** A hand that is not seen for longer has let go of its tool; nothing of it lasts. */
const unseenMs = 500

/**
 * The hand with the active tool: the right one, or the left where it is the only one. Its trigger
 * begins a stroke, and its release ends it; a grab with that hand or another tool breaks it off.
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
    return this.#stroking !== undefined
  }

  /** `busy` are hands whose trigger belongs to a menu, or that hold the volume. */
  frame(hands: readonly XrHand[], busy: ReadonlySet<Side>, nowMs: number): void {
    if (this.#stroking) this.#goOn(this.#stroking, hands, nowMs)
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
    this.#stroking = { tool: this.tool.id, side, kind, stroke, last: hand, seenAtMs: nowMs }
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

  #end({ stroke, last }: Stroking): void {
    this.#stroking = undefined
    stroke.end(last)
  }
}

export function toolHand(hands: readonly XrHand[]): XrHand | undefined {
  return hands.find(({ side }) => side === 'right') ?? hands[0]
}

export function aims(hand: XrHand): hand is AimingHand {
  return hand.ray !== undefined
}
