import type { RigidPose } from '../../../shared/geometry/grab.ts'
import type { SliceAt } from '../../slices/slice-space.ts'
import type { Side, WorldRay, XrHand } from '../hands/xr-hand.ts'
import { partAt, type SheetPart } from './slice-sheet.ts'
import { StickScroll } from './stick-scroll.ts'

/** From press to release, by a hand. Exactly one of `end` and `cancel` is called, last. */
export interface SheetStroke {
  move(hand: XrHand): void
  end(hand: XrHand): void
  cancel(): void
}

/** The panel, as hands see it. */
export interface Sheet {
  /** Where a ray meets it from the side it is read from; undefined beside and behind it. */
  hit(ray: WorldRay): { readonly at: SliceAt; readonly distanceM: number } | undefined
  press(part: SheetPart, at: SliceAt): SheetStroke | undefined
  hold(grip: RigidPose): SheetStroke | undefined
  scroll(by: number, how: 'passing' | 'lasting'): void
  hover(at: SliceAt): void
  away(): void
}

export interface OnSheet {
  /** Hands whose ray and trigger belong to it now. */
  readonly taken: ReadonlySet<Side>
  /** Hands that hold it: their squeeze grabs nothing else. */
  readonly holds: ReadonlySet<Side>
  /** Hands whose thumbstick scrolls it, and moves nobody. */
  readonly scrolls: ReadonlySet<Side>
  readonly beams: readonly { readonly ray: WorldRay; readonly distanceM: number }[]
  readonly lit: SheetPart | undefined
}

interface Mine {
  trigger: boolean
  squeeze: boolean
  readonly stick: StickScroll
  doing:
    | {
        readonly by: 'trigger' | 'squeeze'
        readonly stroke: SheetStroke
        last: XrHand
        seenAtMs: number
      }
    | undefined
}

/** A hand that is not seen for longer has let go; nothing of it lasts. */
const unseenMs = 500

/**
 * What hands do to the panel with a slice: trigger or pinch is the tool's, on the rail it scrolls,
 * on the bar it holds; squeeze or fist holds it anywhere; the thumbstick goes through the slices.
 * What was pressed before its ray came is not the panel's.
 */
export class SliceHands {
  readonly #sheet: Sheet
  readonly #mine: Record<Side, Mine> = { left: idle(), right: idle() }
  #hovers = false

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  /** `elsewhere`: hands that a menu has, or that hold the volume. */
  frame(hands: readonly XrHand[], elsewhere: ReadonlySet<Side>, nowMs: number): OnSheet {
    const on = { taken: new Set<Side>(), holds: new Set<Side>(), scrolls: new Set<Side>() }
    const beams: { ray: WorldRay; distanceM: number }[] = []
    let lit: SheetPart | undefined
    for (const side of ['left', 'right'] as const) {
      const hand = hands.find((each) => each.side === side)
      const mine = this.#mine[side]
      if (mine.doing) this.#goOn(mine, hand, nowMs)
      const hit = hand?.ray && !elsewhere.has(side) ? this.#sheet.hit(hand.ray) : undefined
      if (hand) {
        const part = this.#begin(mine, hand, hit?.at, nowMs)
        lit ??= part
        const free = hit !== undefined && (mine.doing !== undefined || !mine.trigger)
        this.#scroll(mine, hand, free, nowMs)
        if (mine.doing || (free && !hand.squeeze)) {
          on.taken.add(side)
          if (hit && hand.ray) beams.push({ ray: hand.ray, distanceM: hit.distanceM })
        }
        mine.trigger = hand.trigger
        mine.squeeze = hand.squeeze
      }
      if (mine.doing?.by === 'squeeze') on.holds.add(side)
      if (mine.stick.scrolls) on.scrolls.add(side)
    }
    this.#hover(hands, on.taken)
    return { ...on, beams, lit }
  }

  /** It is put away, or the lead is lost: nothing of what hands did lasts. */
  drop(): void {
    for (const mine of Object.values(this.#mine)) {
      mine.doing?.stroke.cancel()
      mine.doing = undefined
    }
    if (this.#hovers) this.#sheet.away()
    this.#hovers = false
  }

  #goOn(mine: Mine, hand: XrHand | undefined, nowMs: number): void {
    const { doing } = mine
    if (!doing) return
    if (hand?.ray) {
      doing.last = hand
      doing.seenAtMs = nowMs
      if (hand[doing.by]) {
        doing.stroke.move(hand)
        return
      }
      mine.doing = undefined
      doing.stroke.end(hand)
    } else if (doing.last.kind === 'gaze' && !hand) {
      // it is gone when its pinch is: that is its release
      mine.doing = undefined
      doing.stroke.end(doing.last)
    } else if (nowMs - doing.seenAtMs > unseenMs) {
      mine.doing = undefined
      doing.stroke.cancel()
    }
  }

  /** The part that the hand is on. */
  #begin(mine: Mine, hand: XrHand, at: SliceAt | undefined, nowMs: number): SheetPart | undefined {
    if (!at) return undefined
    const part = partAt(at)
    if (mine.doing) return part
    const squeezed = hand.squeeze && !mine.squeeze
    const pressed = hand.trigger && !mine.trigger
    if (!squeezed && !pressed) return part
    const by = squeezed ? 'squeeze' : 'trigger'
    const holds = squeezed || part === 'bar'
    const stroke = holds ? hand.grip && this.#sheet.hold(hand.grip) : this.#sheet.press(part, at)
    if (!stroke) return part
    mine.doing = { by, stroke, last: hand, seenAtMs: nowMs }
    hand.pulse(0.3, 20)
    return part
  }

  #scroll({ stick }: Mine, hand: XrHand, on: boolean, nowMs: number): void {
    const scrolled = stick.scrolls
    const steps = stick.frame(hand.stick[1], on, nowMs)
    if (steps !== 0) this.#sheet.scroll(steps, 'passing')
    if (scrolled && !stick.scrolls) this.#sheet.scroll(0, 'lasting')
  }

  #hover(hands: readonly XrHand[], taken: ReadonlySet<Side>): void {
    const idle = hands.find(({ side, ray }) => ray && taken.has(side) && !this.#mine[side].doing)
    const hit = idle?.ray && this.#sheet.hit(idle.ray)
    const at = hit && partAt(hit.at) === 'slice' ? hit.at : undefined
    if (at) this.#sheet.hover(at)
    else if (this.#hovers) this.#sheet.away()
    this.#hovers = at !== undefined
  }
}

const idle = (): Mine => ({
  trigger: false,
  squeeze: false,
  stick: new StickScroll(),
  doing: undefined,
})
