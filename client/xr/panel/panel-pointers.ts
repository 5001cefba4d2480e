import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { indexTip, placeOf } from '../hands/hand-shape.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import type { Panel } from './panel.ts'
import { PanelBeams } from './panel-beams.ts'
import { Click } from './panel-click.ts'
import type { CellState } from './panel-drawing.ts'
import { Poke } from './panel-poke.ts'

export interface Pointed {
  /** Hands that are on the panel now: their trigger and finger belong to it. */
  readonly taken: ReadonlySet<Side>
  /** The cell that was chosen in this very frame. */
  readonly chosen: string | undefined
}

interface Finger {
  readonly poke: Poke
  kind: XrHand['kind'] | undefined
  trigger: boolean
  /** The cell on which the trigger went down; '' between the cells, undefined elsewhere. */
  heldOn: string | undefined
  over: string | undefined
  poked: string | undefined
}

/**
 * What hands do to a panel: a ray chooses on release of the trigger over the cell it went down on,
 * an index finger on touch. A trigger that was down before its ray came is not the panel's.
 */
export class PanelPointers {
  readonly #panel: Panel
  readonly #beams: PanelBeams
  readonly #click = new Click()
  readonly #fingers: Record<Side, Finger> = { left: finger(), right: finger() }

  constructor(scene: Scene, panel: Panel) {
    this.#panel = panel
    this.#beams = new PanelBeams(scene)
  }

  /** `hands` without those that may not: the one that wears the panel. */
  frame(hands: readonly XrHand[]): Pointed {
    const taken = new Set<Side>()
    let chosen: string | undefined
    this.#beams.begin()
    for (const side of ['left', 'right'] as const) {
      const hand = hands.find((each) => each.side === side)
      const made = hand ? this.#point(hand, taken) : this.#gone(side)
      chosen ??= made
    }
    this.#beams.end()
    this.#panel.light(this.#states())
    return { taken, chosen }
  }

  /** Nothing is shown: what was held down on it is forgotten, what is held down now is not its. */
  rest(hands: readonly XrHand[]): void {
    for (const side of ['left', 'right'] as const) {
      this.#leave(side)
      this.#fingers[side].trigger = hands.some((hand) => hand.side === side && hand.trigger)
    }
    this.#beams.begin()
    this.#beams.end()
  }

  dispose(): void {
    this.#beams.dispose()
    this.#click.dispose()
  }

  #point(hand: XrHand, taken: Set<Side>): string | undefined {
    const mine = this.#fingers[hand.side]
    mine.kind = hand.kind
    const chosen = this.#touch(hand, mine, taken) ?? this.#shine(hand, mine, taken)
    if (chosen !== undefined) {
      this.#click.play()
      hand.pulse(0.4, 20)
    }
    return chosen
  }

  #touch(hand: XrHand, mine: Finger, taken: Set<Side>): string | undefined {
    const page = this.#panel.page
    const tip = tipOf(hand)
    if (!page) return undefined
    const { near, over, poked } = mine.poke.frame(tip && this.#panel.tip(tip), page)
    mine.poked = near ? (poked ?? (mine.poked === over ? over : undefined)) : undefined
    mine.over = near ? over : undefined
    if (near) taken.add(hand.side)
    return poked
  }

  #shine(hand: XrHand, mine: Finger, taken: Set<Side>): string | undefined {
    const pressed = hand.trigger && !mine.trigger
    const released = !hand.trigger && mine.trigger
    const wasFree = !mine.trigger
    mine.trigger = hand.trigger
    // a finger at the panel speaks for its hand; so does a grab
    const mayShine = !taken.has(hand.side) && !(hand.squeeze && mine.heldOn === undefined)
    const hit = mayShine && hand.ray ? this.#panel.hit(hand.ray) : undefined
    if (pressed) mine.heldOn = hit && (hit.cell ?? '')
    const holds = mine.heldOn !== undefined
    if (hit && (wasFree || holds)) {
      mine.over = hit.cell
      if (hand.ray) this.#beams.shine(hand.ray, hit.distanceM)
    }
    if (holds || (hit && wasFree)) taken.add(hand.side)
    if (!released) return undefined
    const chosen = hit?.cell && hit.cell === mine.heldOn ? hit.cell : undefined
    mine.heldOn = undefined
    return chosen
  }

  /** A source of gaze and pinch ends with its pinch: that is its release. */
  #gone(side: Side): string | undefined {
    const { kind, heldOn, over } = this.#fingers[side]
    this.#leave(side)
    if (kind !== 'gaze' || !heldOn || heldOn !== over) return undefined
    this.#click.play()
    return heldOn
  }

  #leave(side: Side): void {
    const mine = this.#fingers[side]
    mine.poke.leave()
    mine.trigger = false
    mine.heldOn = mine.over = mine.poked = undefined
  }

  #states(): Map<string, CellState> {
    const states = new Map<string, CellState>()
    for (const { over, heldOn, poked } of Object.values(this.#fingers)) {
      if (!over) continue
      const held = over === heldOn || over === poked
      if (held || !states.has(over)) states.set(over, held ? 'held' : 'hovered')
    }
    return states
  }
}

const finger = (): Finger => ({
  poke: new Poke(),
  kind: undefined,
  trigger: false,
  heldOn: undefined,
  over: undefined,
  poked: undefined,
})

const tipOf = ({ joints }: XrHand): Vec3 | undefined => joints && placeOf(joints, indexTip)
