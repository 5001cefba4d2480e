import { mayPoint } from '../../../shared/conference/permissions.ts'
import type { RoomSpace } from '../room-space.ts'
import { type Aim, aimOf } from './aim.ts'
import type { AimingHand } from './hand-tool.ts'
import { OwnBeam } from './own-beam.ts'

/** Following a ray through the volume is dear; samples go out no faster either. */
const everyMs = 1000 / 30

/**
 * Where the tool hand points: a beam of the wearer's own to what it would touch, and with the laser
 * the one that everybody sees.
 */
export class Pointing {
  readonly #space: RoomSpace
  readonly #beam: OwnBeam
  #aim: Aim | undefined
  #aimedAtMs = Number.NEGATIVE_INFINITY
  #shines = false

  constructor(space: RoomSpace) {
    this.#space = space
    this.#beam = new OwnBeam(space.host)
  }

  /** Undefined where no hand points: it is on a menu, holds something, or has a tool that does not. */
  frame(hand: AimingHand | undefined, lasers: boolean, nowMs: number): void {
    const { host } = this.#space
    const shines = hand !== undefined && lasers && mayPoint(host.session.getSnapshot().me.role)
    if (this.#shines && !shines) host.showLaser(undefined)
    this.#shines = shines
    if (!hand) {
      this.#aim = undefined
      this.#beam.hide()
      return
    }
    if (nowMs - this.#aimedAtMs >= everyMs || !this.#aim) this.#follow(hand, nowMs)
    if (this.#aim) this.#beam.show(hand.ray, this.#aim)
  }

  dispose(): void {
    if (this.#shines) this.#space.host.showLaser(undefined)
    this.#beam.dispose()
  }

  #follow(hand: AimingHand, nowMs: number): void {
    const before = this.#aim?.touches ?? false
    const aim = aimOf(this.#space, hand.ray)
    this.#aim = aim
    this.#aimedAtMs = nowMs
    if (!this.#shines) return
    const { ray, end, touches } = aim
    this.#space.host.showLaser({ origin: ray.origin, end, touches })
    if (touches && !before) hand.pulse(0.2, 15)
  }
}
