import { largestScale, positionLimitM, smallestScale } from '../../../shared/conference/bounds.ts'
import { heldByOne, heldByTwo } from '../../../shared/geometry/grab.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { VolumePose } from '../../../shared/geometry/volume-pose.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import type { RoomSpace } from '../room-space.ts'
import { isNearBox } from './near-box.ts'

/** A bare hand pinches the volume, not the air beside it. */
const reachM = 0.12
/** A hand that is not seen for longer has let go. */
const unseenMs = 500
const bounds = { smallest: smallestScale, largest: largestScale }

interface Holder {
  /** Where the hand was when the hold began, and where it was last seen. */
  from: WorldPose
  now: WorldPose
  seenAtMs: number
}

interface Closed {
  readonly squeeze: boolean
  readonly pinch: boolean
}
const open: Closed = { squeeze: false, pinch: false }

/**
 * The volume in the wearer's hands: one moves and turns it, two scale it too. It is shown to
 * everybody while it is held and becomes one command when the last hand lets go. There is one thing
 * to grab, so a squeeze grabs it from anywhere; a bare hand's pinch only where the volume is, and
 * not while that hand holds the clipping plane into it.
 */
export class Grab {
  readonly #space: RoomSpace
  readonly #holders = new Map<Side, Holder>()
  readonly #before = new Map<Side, Closed>()
  #held: VolumePose | undefined
  #shown: VolumePose | undefined

  constructor(space: RoomSpace) {
    this.#space = space
  }

  holds(side: Side): boolean {
    return this.#holders.has(side)
  }

  /** `taken` are hands whose pinch belongs to a menu. */
  frame(hands: readonly XrHand[], taken: ReadonlySet<Side>, nowMs: number): void {
    if (this.#holders.size > 0 && !this.#may()) this.drop()
    for (const side of ['left', 'right'] as const) {
      const hand = hands.find((hand) => hand.side === side)
      this.#follow(side, hand, taken.has(side), nowMs)
    }
    const shown = this.#posed()
    if (!shown) return
    this.#shown = shown
    this.#space.drafts.show({ drag: shown })
  }

  /** Whoever lost the lead holds nothing any more: the volume is where the new leader has it. */
  drop(): void {
    this.#holders.clear()
    this.#held = this.#shown = undefined
    this.#space.drafts.drop('drag')
  }

  #follow(side: Side, hand: XrHand | undefined, taken: boolean, nowMs: number): void {
    const holder = this.#holders.get(side)
    const seen = hand?.grip
    if (holder && !seen) {
      if (nowMs - holder.seenAtMs > unseenMs) this.#letGo(side)
      return
    }
    if (!hand || !seen) return
    if (holder) {
      holder.now = seen
      holder.seenAtMs = nowMs
    }
    const before = this.#before.get(side) ?? open
    this.#before.set(side, { squeeze: hand.squeeze, pinch: pinchOf(hand) })
    if (holder && !hand.squeeze && !pinchOf(hand)) this.#letGo(side, hand)
    else if (!holder && this.#closes(hand, before, taken)) this.#take(hand, seen, nowMs)
  }

  /** What closed elsewhere and comes in has not grabbed. */
  #closes(hand: XrHand, before: Closed, taken: boolean): boolean {
    if (hand.squeeze) return !before.squeeze
    if (this.#space.host.tool() === 'clip') return false // that pinch holds the blade
    return pinchOf(hand) && !before.pinch && !taken && this.#isNear(hand)
  }

  #isNear({ grip }: XrHand): boolean {
    if (!grip) return false
    const { patient } = this.#space.host
    const marginMm = (reachM * 1000) / patient.pose.scale
    return isNearBox(patient.corners, patient.toPatient(grip.position), marginMm)
  }

  #take(hand: XrHand, at: WorldPose, nowMs: number): void {
    if (!this.#may()) {
      this.#space.refuse(hand, 'Only the person who leads can move the volume.')
      return
    }
    this.#holders.set(hand.side, { from: at, now: at, seenAtMs: nowMs })
    this.#begin()
    hand.pulse(0.5, 40)
  }

  #letGo(side: Side, hand?: XrHand): void {
    this.#holders.delete(side)
    hand?.pulse(0.25, 25)
    if (this.#holders.size > 0) {
      this.#begin()
      return
    }
    const drag = this.#shown
    this.#held = this.#shown = undefined
    if (drag) this.#space.drafts.last({ drag }, { type: 'setVolumePose', ...drag })
  }

  /** From the pose on screen and from where the hands are now: nothing jumps. */
  #begin(): void {
    this.#held = this.#shown ?? this.#space.host.shown().pose
    for (const holder of this.#holders.values()) holder.from = holder.now
  }

  #posed(): VolumePose | undefined {
    const [one, two] = [...this.#holders.values()]
    if (!one || !this.#held) return undefined
    const posed = two
      ? heldByTwo(this.#held, places(one, two, 'from'), places(one, two, 'now'), bounds)
      : heldByOne(this.#held, one.from, one.now)
    return { ...posed, position: posed.position.map(withinRoom) as unknown as Vec3 }
  }

  #may(): boolean {
    return this.#space.host.session.may('setVolumePose') === 'yes'
  }
}

const pinchOf = ({ kind, trigger }: XrHand): boolean => kind === 'hand' && trigger

const places = (one: Holder, two: Holder, when: 'from' | 'now'): [Vec3, Vec3] => [
  one[when].position,
  two[when].position,
]

const withinRoom = (metres: number): number =>
  Math.min(positionLimitM, Math.max(-positionLimitM, metres))
