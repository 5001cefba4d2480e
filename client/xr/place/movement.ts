import type { ImmersionHost } from '../../scene/immersion.ts'
import { aims, toolHand } from '../hand-tools/tool-hand.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import type { OwnPlace } from './own-place.ts'
import { type TeleportArc, teleportArc } from './teleport-arc.ts'
import { TeleportMark } from './teleport-mark.ts'

/** A thumbstick is pushed from here on, and at rest again below the second. */
const pushed = 0.7
const atRest = 0.4

type Stick = 'rest' | 'turned' | 'throwing'

/**
 * The wearer's own moves: a thumbstick aside turns them by a step, forward throws an arc to where
 * they go when it is let go. "Go there" of the menu does so with the next trigger or pinch.
 */
export class Movement {
  readonly #place: OwnPlace
  readonly #mark: TeleportMark
  readonly #sticks: Record<Side, Stick> = { left: 'rest', right: 'rest' }
  #arc: TeleportArc | undefined
  /** The menu's "Go there": chosen, then the trigger that chose it let go, then pressed anew. */
  #asked: 'no' | 'chosen' | 'waits' | 'pressed' = 'no'

  constructor(host: ImmersionHost, place: OwnPlace) {
    this.#place = place
    this.#mark = new TeleportMark(host)
  }

  /** That hand shows the way now, or will by its next trigger: it is not the tool's. */
  needs(side: Side): boolean {
    return this.#asked !== 'no' || this.#sticks[side] === 'throwing'
  }

  goThere(): void {
    this.#asked = 'chosen'
  }

  frame(hands: readonly XrHand[], taken: ReadonlySet<Side>): void {
    let thrower: XrHand | undefined
    for (const hand of hands) if (this.#push(hand)) thrower = hand
    thrower ??= this.#askedHand(hands, taken)
    this.#arc = thrower && aims(thrower) ? teleportArc(thrower.ray) : undefined
    if (this.#arc) this.#mark.show(this.#arc)
    else this.#mark.hide()
  }

  dispose(): void {
    this.#mark.dispose()
  }

  /** True while it throws. */
  #push({ side, stick: [x, y] }: XrHand): boolean {
    const now = this.#sticks[side]
    const rests = Math.abs(x) < atRest && Math.abs(y) < atRest
    if (now === 'rest' && y < -pushed && Math.abs(y) > Math.abs(x)) this.#sticks[side] = 'throwing'
    else if (now === 'rest' && Math.abs(x) > pushed) {
      this.#sticks[side] = 'turned'
      this.#place.turn(x < 0 ? 'left' : 'right')
    } else if (rests) {
      this.#sticks[side] = 'rest'
      if (now === 'throwing') this.#land()
    }
    return this.#sticks[side] === 'throwing'
  }

  #askedHand(hands: readonly XrHand[], taken: ReadonlySet<Side>): XrHand | undefined {
    if (this.#asked === 'no') return undefined
    const hand = toolHand(hands)
    const trigger = hand?.trigger ?? false
    if (this.#asked === 'pressed' && !trigger) {
      this.#asked = 'no'
      this.#land()
      return undefined
    }
    if (this.#asked === 'chosen' && !trigger) this.#asked = 'waits'
    if (!hand || taken.has(hand.side)) return undefined
    if (this.#asked === 'waits' && trigger) this.#asked = 'pressed'
    return hand
  }

  /** Where the arc of the last frame lands; out of reach, nobody goes anywhere. */
  #land(): void {
    if (this.#arc?.landing) this.#place.goTo(this.#arc.landing)
  }
}
