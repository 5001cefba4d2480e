import type { Scene } from '@babylonjs/core/scene.js'
import { length, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { emOf } from '../room/room-labels.ts'
import { ahead, facing, followed } from './panel-facing.ts'
import { panelColours } from './panel-look.ts'
import { Plate } from './panel-plate.ts'
import { darkPlate, Words } from './panel-words.ts'

const shownMs = 3000
/** Its upper edge: below the line that is always there. */
const place = { distanceM: 0.9, belowDegrees: 23, level: false } as const
const halfWayMs = 250
/** A head that turned further than it can follow finds it before itself at once. */
const lostM = 0.9
const style = {
  weight: 600,
  text: panelColours.text,
  ground: darkPlate,
  stripe: panelColours.accent,
  mostLines: 3,
  mostEms: 20,
} as const

/** Words for the wearer alone, for three seconds, low in view: it comes along slowly. */
export class RoomNotices {
  readonly #words: Words
  readonly #plate: Plate
  readonly #now: () => number
  #untilMs = Number.NEGATIVE_INFINITY
  #frameMs = 0
  #at: WorldPose['position'] | undefined

  constructor({ scene, now = () => performance.now() }: { scene: Scene; now?: () => number }) {
    this.#words = new Words(scene)
    this.#plate = new Plate(scene, this.#words, { name: 'notice', anchor: [0, 1] })
    this.#now = now
  }

  show(text: string): void {
    this.#plate.write(text, style)
    this.#untilMs = this.#now() + shownMs
  }

  frame(head: WorldPose): void {
    const nowMs = this.#now()
    if (nowMs >= this.#untilMs) {
      this.#at = undefined
      this.#plate.hide()
      return
    }
    const wanted = ahead(head, place).position
    const part = followed(nowMs - this.#frameMs, halfWayMs)
    const from = this.#at
    this.#frameMs = nowMs
    const lost = !from || length(subtract(wanted, from)) > lostM
    const at = lost ? wanted : between(from, wanted, part)
    this.#at = at
    this.#plate.place(at, facing(at, head.position), emOf(1.1, place.distanceM))
  }

  dispose(): void {
    this.#plate.dispose()
    this.#words.dispose()
  }
}

function between(
  a: WorldPose['position'],
  b: WorldPose['position'],
  part: number,
): WorldPose['position'] {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part]
}
